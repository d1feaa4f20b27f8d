using System.Security.Cryptography;

namespace Hypergate.Scripting;

/// <summary>The worker's program, which lies beside ours. Only the one that this build was made with is ever started.</summary>
internal static class WorkerFile
{
    private const string HashName = "sandbox.sha256";

    private static string Place => Path.Combine(AppContext.BaseDirectory, "sandbox", "worker.mjs");

    /// <summary>Its real path: Node's permissions know no links.</summary>
    /// <exception cref="SandboxException">It is missing or another.</exception>
    public static string Find() => Find(Place);

    internal static string Find(string place)
    {
        var expected = Expected() ?? throw SandboxException.Unavailable("This build has no script worker: it was made without Node.js and npm.");
        var path = RealPath(place);
        if (!File.Exists(path))
        {
            throw SandboxException.Unavailable($"The script worker is missing: {place}.");
        }

        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == expected
            ? path
            : throw SandboxException.Unavailable($"The script worker {place} is not the one of this build; install Hypergate again.");
    }

    private static string? Expected()
    {
        using var stream = typeof(WorkerFile).Assembly.GetManifestResourceStream(HashName);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Trim();
    }

    // Every folder on the way may be a link.
    private static string RealPath(string path)
    {
        var folder = Path.GetDirectoryName(path);
        var here = folder is null ? path : Path.Combine(RealPath(folder), Path.GetFileName(path));
        FileSystemInfo entry = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        return entry.Exists && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealPath(target.FullName) : here;
    }
}
