using System.Collections.Concurrent;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace Hypergate.Tests.Descriptions.OpenApi;

/// <summary>Files of packages that others publish on npm, taken once into the build's folder.</summary>
internal static class NpmFile
{
    private static readonly ConcurrentDictionary<string, Lazy<(string? Path, string Reason)>> Packages = new(StringComparer.Ordinal);

    /// <param name="package">With its version: <c>@xen-orchestra/rest-api@0.39.0</c>.</param>
    /// <param name="entry">Within the package: <c>package/openapi.yaml</c>.</param>
    /// <returns>The file; skips the test where npm cannot be reached.</returns>
    public static byte[] Read(string package, string entry)
    {
        var (path, reason) = Packages.GetOrAdd(package, static name => new(() => Load(name))).Value;
        Assert.SkipWhen(path is null, reason);
        using var tar = new TarReader(new GZipStream(File.OpenRead(path!), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } found)
        {
            if (found.Name == entry)
            {
                using var bytes = new MemoryStream();
                found.DataStream!.CopyTo(bytes);
                return bytes.ToArray();
            }
        }

        throw new InvalidDataException($"{path} holds no {entry}.");
    }

    private static (string? Path, string Reason) Load(string package)
    {
        var folder = Repository.Path("artifacts", "npm");
        var cached = Path.Combine(folder, $"{package.TrimStart('@').Replace('/', '-').Replace('@', '-')}.tgz");
        return File.Exists(cached) || Pack(package, folder, cached) is not { } problem ? (cached, "") : (null, problem);
    }

    // Packs into a folder of its own: another test run may be doing the same.
    private static string? Pack(string package, string folder, string cached)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("n"))).FullName;
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["pack", "--silent", package])
            {
                WorkingDirectory = own,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var error = npm.StandardError.ReadToEndAsync();
            npm.StandardOutput.ReadToEnd();
            npm.WaitForExit();
            if (npm.ExitCode != 0)
            {
                return $"npm cannot be reached: {error.Result}";
            }

            File.Move(Directory.GetFiles(own, "*.tgz").Single(), cached, overwrite: true);
            return null;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return $"npm cannot be started: {exception.Message}";
        }
        finally
        {
            Directory.Delete(own, recursive: true);
        }
    }
}
