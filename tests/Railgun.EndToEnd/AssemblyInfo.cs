// Real signals and real executables: what is tested here is the daemons as they run on Linux and macOS.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("macos")]
[assembly: Platform(Include = "Linux,MacOsX")]
