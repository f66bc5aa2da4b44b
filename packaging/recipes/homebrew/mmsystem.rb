class Mmsystem < Formula
  desc "Windows multimedia file I/O API (mmioOpen, mmioRead, ...)"
  homepage "https://github.com/OWNER/mmsystem"
  url "https://github.com/OWNER/mmsystem/releases/download/v1.0.0/mmsystem-1.0.0.tar.xz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on "rust" => :build

  def install
    system "make"
    system "make", "install", "PREFIX=#{prefix}", "MANDIR=#{man}"
  end

  test do
    (testpath/"test.c").write <<~C
      #include <mmsystem.h>
      int main(void) { return mmioClose(NULL, 0) == MMSYSERR_INVALHANDLE ? 0 : 1; }
    C
    system ENV.cc, "test.c", "-I#{include}/mmsystem", "-L#{lib}", "-lmmsystem", "-Wl,-rpath,#{lib}", "-o", "test"
    system "./test"
  end
end
