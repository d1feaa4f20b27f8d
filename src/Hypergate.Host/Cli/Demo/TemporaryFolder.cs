namespace Hypergate.Host.Cli.Demo;

/// <summary>A folder of its own that goes away in the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hypergate-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
