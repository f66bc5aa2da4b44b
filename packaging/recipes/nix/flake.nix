{
  description = "The Windows multimedia file I/O API (mmioOpen, mmioRead, ...) for Linux and macOS";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  inputs.mmsystem = {
    url = "github:OWNER/mmsystem/v1.0.0";
    flake = false;
  };

  outputs =
    { nixpkgs, mmsystem, ... }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      package =
        pkgs:
        pkgs.rustPlatform.buildRustPackage {
          pname = "mmsystem";
          version = "1.0.0";
          src = mmsystem;
          cargoLock.lockFile = "${mmsystem}/Cargo.lock";
          # lld gives the symbols their versions.
          nativeBuildInputs = [ pkgs.lld ];
          buildPhase = "make";
          installPhase = "make install PREFIX=$out";
          # `make test` starts many programs, and needs a home directory; the examples show that the library works.
          checkPhase = "make demo";
        };
    in
    {
      packages = nixpkgs.lib.genAttrs systems (system: {
        default = package nixpkgs.legacyPackages.${system};
      });
    };
}
