"""Conan 2: `conan create packaging/recipes/conan` in a clone of the repository. Building needs cargo."""

import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load

ROOT = os.path.join("..", "..", "..")


class Mmsystem(ConanFile):
    name = "mmsystem"
    description = "The Windows multimedia file I/O API (mmioOpen, mmioRead, ...) for Linux and macOS"
    license = "MIT OR Apache-2.0"
    topics = ("mmio", "riff", "wav", "winmm", "multimedia")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False]}
    default_options = {"shared": False}

    def set_version(self):
        cargo = load(self, os.path.join(self.recipe_folder, ROOT, "Cargo.toml"))
        self.version = re.search(r'^version = "(.*)"', cargo, re.MULTILINE)[1]

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "Cargo.*", "build.rs", "symbols.txt", "LICENSE-*", "src/*", "include/*", "compat/*",
                        "tests/*.rs", "packaging/object", "packaging/spellings", "packaging/static"):
            copy(self, pattern, os.path.join(self.recipe_folder, ROOT), self.export_sources_folder,
                 excludes=("target/*", "dist/*"))

    def configure(self):
        self.settings.rm_safe("compiler.cppstd")
        self.settings.rm_safe("compiler.libcxx")

    def validate(self):
        if self.settings.os not in ("Linux", "Macos"):
            raise ConanInvalidConfiguration("mmsystem is for Linux and macOS")

    def layout(self):
        cmake_layout(self)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["MMSYSTEM_INSTALL"] = False
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE-*", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*.h", os.path.join(self.source_folder, "include"), os.path.join(self.package_folder, "include", "mmsystem"))
        self.run(f'"{self.source_folder}/packaging/spellings" "{self.package_folder}/include/mmsystem"')
        for pattern in ("libmmsystem*.a", "libmmsystem*.so*", "libmmsystem*.dylib"):
            copy(self, pattern, self.build_folder, os.path.join(self.package_folder, "lib"), keep_path=False,
                 excludes=("rust/*",))

    def package_info(self):
        library = self.cpp_info.components["mmsystem"]
        library.libs = ["mmsystem"]
        library.includedirs = [os.path.join("include", "mmsystem"), "include"]
        library.set_property("cmake_target_name", "mmsystem::mmsystem")
        library.set_property("pkg_config_name", "mmsystem")
        if self.settings.os == "Linux":
            library.system_libs = ["pthread", "dl"]
        windows = self.cpp_info.components["windows"]
        windows.libs = ["mmsystem-windows"]
        windows.includedirs = [os.path.join("include", "mmsystem", "compat")]
        windows.requires = ["mmsystem"]
        windows.set_property("cmake_target_name", "mmsystem::windows")
        windows.set_property("pkg_config_name", "mmsystem-windows")
