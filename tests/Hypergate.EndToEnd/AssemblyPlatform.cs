// The program is built for Linux here; rights of files are part of what is tested.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
