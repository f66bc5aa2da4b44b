//! The trace of the C programs of `c-tests/traced/` (docs/contract.md, part 8). The trace of all_calls.c must be all_calls.txt,
//! except for addresses, handles and thread numbers.
//!
//! Shows docs/contract.md, 7. Threads, processes, panics: "Output".

mod files;
mod program;
#[path = "../toolchain/mod.rs"]
mod toolchain;

use program::{Program, UPDATE, dir, parts, steady};
use std::process::{Command, Stdio};
use std::{env, fs};
use toolchain::C99;

#[test]
fn each_call_and_each_message_has_a_line() {
    let program = Program::new("all_calls");
    let trace = steady(&program.trace(""), program.dir.path());
    let file = dir().join("all_calls.txt");
    if env::var_os(UPDATE).is_some() {
        fs::write(&file, &trace).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap();
    for (line, (trace, expected)) in trace.lines().zip(expected.lines()).enumerate() {
        assert_eq!(trace, expected, "line {} of {}", line + 1, file.display());
    }
    assert_eq!(trace.lines().count(), expected.lines().count());
}

#[test]
#[cfg_attr(target_pointer_width = "32", ignore = "there a long has 32 bits, and the program is right")]
fn the_bug_of_the_docs_looks_as_they_show_it() {
    let docs = fs::read_to_string(toolchain::root().join("docs/tracing.md")).unwrap();
    let (_, block) = docs.split_once("<!-- trace of porting_bug -->\n").unwrap();
    let (block, _) = block.split_once("<!-- end of trace -->").unwrap();
    let program = Program::new("porting_bug");
    let trace = program.trace("riff,data");
    assert_eq!(steady(&trace, program.dir.path()), steady(block, program.dir.path()));
    // The lines of C in the page are in the program.
    let source = fs::read_to_string(dir().join("porting_bug.c")).unwrap();
    let (_, excerpt) = docs.split_once("    long samples = 0;\n").unwrap();
    let (excerpt, _) = excerpt.split_once("\n\n").unwrap();
    for line in excerpt.lines().filter(|line| line.trim() != "...") {
        assert!(source.contains(line), "{line}");
    }
}

#[test]
fn results_stand_in_one_column() {
    let trace = Program::new("all_calls").trace("");
    let columns = |line: &str| line.split_once(" = ").map(|(call, _)| call.chars().count());
    let short: Vec<_> = trace.lines().filter_map(columns).filter(|&column| column <= 88).collect();
    assert!(short.len() > 40);
    assert!(short.iter().all(|&column| column == 88), "{short:?}");
}

#[test]
fn without_a_word_there_is_none() {
    let program = Program::new("all_calls");
    for value in ["", "0"] {
        let output = program.run(&[("MMSYSTEM_TRACE", value), ("MMSYSTEM_TRACE_FILTER", "live")]);
        assert_eq!(output.stdout, b"done\n");
        assert!(output.stderr.is_empty());
    }
    assert!(program.run(&[]).stderr.is_empty());
    let files: Vec<_> =
        fs::read_dir(program.dir.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files.len(), 2, "the program and its own file: {files:?}");
}

#[test]
fn one_is_standard_error() {
    let program = Program::new("all_calls");
    let output = program.run(&[("MMSYSTEM_TRACE", "1")]);
    assert_eq!(output.stdout, b"done\n");
    let trace = String::from_utf8(output.stderr).unwrap();
    let (_, trace) = trace.split_once('\n').unwrap();
    assert_eq!(steady(trace, program.dir.path()), steady(&program.trace(""), program.dir.path()));
}

#[test]
fn a_file_is_added_to() {
    let program = Program::new("all_calls");
    fs::write(program.path("trace"), "before\n").unwrap();
    for _ in 0..2 {
        program.run(&[("MMSYSTEM_TRACE", "trace"), ("MMSYSTEM_TRACE_FILTER", "ext")]);
    }
    let text = fs::read_to_string(program.path("trace")).unwrap();
    assert!(text.starts_with("before\n--- mmsystem"));
    assert_eq!(text.matches("mmsys_version()").count(), 2);
}

#[test]
fn a_file_that_cannot_be_written_is_reported_once_and_there_is_no_trace() {
    let output = Program::new("all_calls").run(&[("MMSYSTEM_TRACE", "no/such/folder")]);
    let trace = String::from_utf8(output.stderr).unwrap();
    assert_eq!(trace.lines().count(), 1, "{trace}");
    assert!(trace.contains("MMSYSTEM_TRACE") && trace.contains("no/such/folder"));
}

#[test]
fn a_filter_lets_its_kinds_through() {
    let program = Program::new("all_calls");
    let all = program.trace("");
    let titles_of = |lines: &[&str]| -> Vec<String> {
        lines.iter().map(|line| line.split('(').next().unwrap().to_owned()).collect()
    };
    let titles = |trace: &str| titles_of(&trace.lines().map(|line| parts(line).2).collect::<Vec<_>>());
    let kinds: [(&str, &[&str]); 8] = [
        ("file", &["mmioOpen", "mmioClose", "mmioRename"]),
        ("data", &["mmioRead", "mmioWrite", "mmioSeek"]),
        ("buffer", &["mmioGetInfo", "mmioSetInfo", "mmioSetBuffer", "mmioFlush", "mmioAdvance"]),
        ("riff", &["mmioDescend", "mmioAscend", "mmioCreateChunk"]),
        ("proc", &["mmioInstallIOProc", "mmioStringToFOURCC", "mmioSendMessage", "'OWN '", "MMIOM_"]),
        ("ext", &["mmsys_"]),
        ("dos", &["'DOS '"]),
        ("mem", &["'MEM '"]),
    ];
    let lines: Vec<_> = all.lines().map(parts).collect();
    let is_of =
        |text: &str, beginnings: &[&str]| beginnings.iter().any(|beginning| text.starts_with(beginning));
    for (word, beginnings) in kinds {
        // A line is expected if it is of the kind, or if a message of the kind is below it.
        let is_there = |index: usize| {
            let (_, depth, text) = lines[index];
            let below = lines[index + 1..].iter().take_while(|below| below.1 > depth);
            is_of(text, beginnings)
                || below.clone().any(|below| {
                    (below.2.starts_with('\'') || below.2.starts_with("MMIOM_")) && is_of(below.2, beginnings)
                })
        };
        let expected: Vec<_> =
            (0..lines.len()).filter(|&index| is_there(index)).map(|index| lines[index].2).collect();
        assert_eq!(titles(&program.trace(word)), titles_of(&expected), "{word}");
    }
    for (_, _, text) in &lines {
        let words = kinds.iter().filter(|(_, beginnings)| is_of(text, beginnings));
        assert_eq!(words.count(), 1, "every line is of one kind: {text}");
    }
    // all_calls.c sends no message to the procedure of memory files, as their buffer is the file.
    let several = titles(&program.trace("riff, EXT"));
    assert!(
        several
            .iter()
            .all(|title| title.starts_with("mmsys_") || title.contains("scend") || title.contains("Chunk"))
    );
    assert!(several.len() > 10);
}

#[test]
fn no_message_is_without_its_call() {
    let trace = Program::new("all_calls").trace("file,proc");
    let mut depths = Vec::new();
    for (_, depth, text) in trace.lines().map(parts) {
        depths.truncate(depth / 2);
        assert_eq!(depths.len(), depth / 2, "{text}: {trace}");
        assert!(depth > 0 || text.starts_with("mm"), "{text}: {trace}");
        depths.push(text);
    }
    let read = trace.lines().position(|line| line.contains("'OWN ' MMIOM_READ")).unwrap();
    assert!(parts(trace.lines().nth(read - 1).unwrap()).2.starts_with("mmioRead("));
    assert!(!trace.contains("mmioDescend"), "it sends no message to a program's own procedure");
}

#[test]
fn an_unknown_word_is_reported_and_the_others_count() {
    let program = Program::new("all_calls");
    let trace = program.trace("ext,nonsense");
    let (complaint, rest) = trace.split_once('\n').unwrap();
    assert!(
        complaint.starts_with("--- MMSYSTEM_TRACE_FILTER: no \"nonsense\"") && complaint.contains(" riff ")
    );
    assert!(rest.lines().all(|line| parts(line).2.starts_with("mmsys_")));
}

#[test]
fn error_leaves_the_calls_that_fail_with_what_is_below_them() {
    let program = Program::new("all_calls");
    // all_calls.c has one short write.
    let failed = |line: &str| {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_status = line.contains("ERR_") && !line.contains(" = MMSYSERR_NOERROR");
        is_status || line.contains(" = -1") || line.contains("cch=8) = 4")
    };
    let all = program.trace("");
    let trace = program.trace("error");
    let calls = |trace: &str| -> Vec<String> {
        let steady = steady(trace, program.dir.path());
        steady.lines().filter(|line| !line.starts_with(' ') && failed(line)).map(String::from).collect()
    };
    let without_addresses = |lines: Vec<String>| -> Vec<String> {
        lines.iter().map(|line| line.split('(').next().unwrap().to_owned()).collect()
    };
    let found = without_addresses(calls(&trace));
    let mut expected = without_addresses(calls(&all));
    // It prints an error and does not fail.
    expected.retain(|title| title != "mmsys_error_text");
    assert_eq!(found, expected);
    assert!(found.len() > 10);
    let outer = trace.lines().filter(|line| parts(line).1 == 0);
    assert!(outer.filter(|line| !failed(line)).all(|line| line.ends_with(" = NULL")), "{trace}");
    let read = trace.lines().position(|line| line.contains("'OWN ' MMIOM_READ")).unwrap();
    assert!(trace.lines().nth(read - 1).unwrap().contains("mmioRead"));
    assert!(!trace.contains("MMIOM_WRITE"));
    // A long call that does not fail is left out, too.
    assert_eq!(Program::new("one_by_one").trace("error"), "");
}

#[test]
fn each_thread_has_its_lines_in_order() {
    let trace = Program::new("many_threads").trace("");
    let mut threads: Vec<u64> = trace.lines().map(|line| parts(line).0).collect();
    threads.sort_unstable();
    threads.dedup();
    assert_eq!(threads.len(), 8);
    let mut counts = Vec::new();
    for thread in threads {
        let lines: Vec<_> = trace.lines().map(parts).filter(|(of, ..)| *of == thread).collect();
        let [open, opened, reads @ .., close, closed] = &lines[..] else { panic!("{lines:?}") };
        assert!(open.1 == 0 && open.2.starts_with("mmioOpenA(") && opened.2.contains("MMIOM_OPEN"));
        assert!(close.2.starts_with("mmioClose(") && closed.1 == 2 && closed.2.contains("MMIOM_CLOSE"));
        assert_eq!(reads.len(), 100);
        for pair in reads.chunks(2) {
            assert!(pair[0].1 == 0 && pair[0].2.starts_with("mmioRead("), "{pair:?}");
            assert!(pair[1].1 == 2 && pair[1].2.contains("MMIOM_READ("), "{pair:?}");
        }
        let (_, count) = reads[0].2.split_once(" = ").unwrap();
        counts.push(count.chars().next().unwrap());
    }
    counts.sort_unstable();
    assert_eq!(counts.iter().collect::<String>(), "12345678");
}

#[test]
fn a_call_of_many_messages_does_not_wait_for_its_end() {
    let trace = Program::new("one_by_one").trace("");
    let lines: Vec<_> = trace.lines().map(|line| parts(line).2).collect();
    let read = lines.iter().position(|line| line.starts_with("mmioRead(")).unwrap();
    assert!(lines[read].ends_with(" ..."));
    let messages = lines.iter().filter(|line| line.contains("MMIOM_READ(")).count();
    assert_eq!(messages, 3000);
    assert!(lines[read + 3001].starts_with("... mmioRead ") && lines[read + 3001].contains(" = 3000  78 78"));
    assert!(lines[read + 3002].starts_with("mmioClose("));
}

#[test]
fn live_shows_what_never_ends() {
    let program = Program::new("ends_inside");
    assert!(!program.trace("").contains("MMIOM_READ"), "nothing of the call was written yet");
    let trace = program.trace("live");
    let lines: Vec<_> = trace.lines().map(parts).collect();
    let [.., call, message] = &lines[..] else { panic!("{trace}") };
    assert!(call.2.starts_with("mmioRead(") && call.2.ends_with(" ..."));
    assert!(message.1 == 2 && message.2.contains("MMIOM_READ(") && message.2.ends_with(" ..."));
    assert!(trace.lines().any(|line| parts(line).2.starts_with("... mmioOpenA ")));
}

#[test]
fn a_descriptor_that_became_the_programs_is_not_written_to() {
    let program = Program::new("closes_all");
    let trace = program.trace("");
    assert_eq!(trace.lines().count(), 2, "that before, and the child's: {trace}");
    let threads: Vec<_> = trace.lines().map(|line| parts(line).0).collect();
    assert_ne!(threads[0], threads[1]);
    assert_eq!(fs::read(program.path("own")).unwrap(), b"");
}

/// At the exit of a program the leak check of AddressSanitizer opens files and writes to standard error. It cannot if no
/// descriptor is left, or if the pipe is full.
const NO_LEAKS: (&str, &str) = ("ASAN_OPTIONS", "allocator_may_return_null=1:detect_leaks=0");

/// A new file may get the inode of a deleted one. Then descriptor, device and inode are those of the trace.
#[test]
fn a_file_that_has_the_descriptor_and_the_inode_of_the_trace_is_not_written_to() {
    let program = Program::new("deleted");
    for (trace, parameters) in [("trace", 0), ("trace", 1), ("1", 0), ("1", 1)] {
        let mut command = program.command(&[("MMSYSTEM_TRACE", trace), NO_LEAKS]);
        command.args(vec!["few"; parameters]);
        let output = command.output().unwrap();
        if output.status.code() == Some(2) {
            eprintln!("skipped: the number of descriptors cannot be limited here (a memory checker)");
            continue;
        }
        assert!(output.status.success(), "{trace} {parameters}: {output:?}");
        assert!(!program.path("trace").exists());
        assert_eq!(fs::read(program.path("own")).unwrap(), b"MYDATA", "{trace} {parameters}: {output:?}");
        if output.stdout != b"the same inode\n" {
            eprintln!("skipped: the file system gave another inode ({trace} {parameters})");
        }
        fs::remove_file(program.path("own")).unwrap();
    }
}

#[test]
fn calls_that_do_not_return_are_shown_and_the_trace_goes_on() {
    let trace = Program::new("jump").trace("");
    let lines: Vec<_> = trace.lines().map(parts).collect();
    let unfinished: Vec<_> = lines.iter().filter(|(.., text)| text.ends_with(" ...")).collect();
    let is_pair = |pair: &[&(u64, usize, &str)]| {
        pair[0].1 == 0
            && pair[0].2.starts_with("mmioRead(")
            && pair[1].1 == 2
            && pair[1].2.contains("MMIOM_READ(")
    };
    assert!(unfinished.len() == 6 && unfinished.chunks(2).all(is_pair), "{trace}");
    // The unfinished calls are those of the jump, of the thread, and of the end of the program, which is the last line.
    assert_eq!(unfinished[0].0, unfinished[4].0);
    assert_ne!(unfinished[0].0, unfinished[2].0);
    assert!(trace.trim_end().ends_with(" ..."));
    assert!(
        lines.iter().any(|(_, depth, text)| *depth == 0 && text.starts_with("mmsys_version() ")),
        "{trace}"
    );
}

#[test]
fn a_child_that_is_forked_in_a_message_has_lines_of_its_own() {
    let trace = Program::new("fork_inside").trace("");
    assert_eq!(trace.matches("mmsys_version()").count(), 1, "{trace}");
    let ends: Vec<_> = trace.lines().map(parts).filter(|(.., text)| text.contains("mmioRead")).collect();
    let [child, parent] = &ends[..] else { panic!("{trace}") };
    assert!(child.2.starts_with("... mmioRead ") && child.2.ends_with(" = 0"));
    assert!(parent.2.starts_with("mmioRead(") && parent.2.ends_with(" = 0"));
    assert_ne!(child.0, parent.0);
}

#[test]
fn the_first_call_of_a_process_starts_it_in_any_thread() {
    assert_eq!(Program::new("first_call").trace("").lines().count(), 2);
}

#[test]
fn a_trace_that_cannot_be_written_is_lost_and_nothing_else() {
    let program = Program::new("too_much");
    assert_eq!(program.run(&[("MMSYSTEM_TRACE", "trace")]).stdout, b"done\n");
    assert!(fs::metadata(program.path("trace")).unwrap().len() <= 4096);
    let mut command = program.command(&[("MMSYSTEM_TRACE", "1")]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_pipe_that_nobody_reads_is_not_waited_for() {
    let program = Program::new("all_calls");
    toolchain::succeed(Command::new("mkfifo").arg(program.path("pipe"))).unwrap();
    let output = program.run(&[("MMSYSTEM_TRACE", "pipe")]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("no trace"));
}

#[test]
fn calls_at_the_end_of_the_process_are_traced() {
    for build in [C99, C99.with_the_static_library()] {
        let trace = Program::build("at_the_end", build).trace("");
        assert!(trace.lines().last().is_some_and(|line| line.contains("mmsys_version()")), "{trace}");
    }
}

#[test]
fn a_thread_that_waits_for_a_full_pipe_keeps_no_process_from_its_end() {
    if env::var_os("MMSYSTEM_TEST_RUNNER").is_some() {
        eprintln!(
            "skipped: what a thread that waits still holds, which a memory checker takes for lost in the child"
        );
        return;
    }
    Program::new("full_pipe").run(&[("MMSYSTEM_TRACE", "1"), NO_LEAKS]);
}
