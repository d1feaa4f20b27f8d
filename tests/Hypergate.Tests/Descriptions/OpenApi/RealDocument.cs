using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace Hypergate.Tests.Descriptions.OpenApi;

/// <summary>
/// The OpenAPI description that a real Xen Orchestra serves. Its licence keeps it out of this repository, so it comes
/// from npm, once, into the build's folder.
/// </summary>
internal static class RealDocument
{
    private const string Package = "@xen-orchestra/rest-api@0.39.0";
    private const string Entry = "package/open-api/spec/swagger.json";

    private static readonly Lazy<(byte[]? Json, string Reason)> Loaded = new(Load);

    /// <summary>The document; skips the test where npm cannot be reached.</summary>
    public static byte[] Json()
    {
        var (json, reason) = Loaded.Value;
        Assert.SkipWhen(json is null, reason);
        return json!;
    }

    private static (byte[]? Json, string Reason) Load()
    {
        var folder = Repository.Path("artifacts", "npm");
        var cached = Path.Combine(folder, "xen-orchestra-rest-api-0.39.0.tgz");
        if (!File.Exists(cached) && Pack(folder, cached) is { } problem)
        {
            return (null, problem);
        }

        using var tar = new TarReader(new GZipStream(File.OpenRead(cached), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == Entry)
            {
                using var json = new MemoryStream();
                entry.DataStream!.CopyTo(json);
                return (json.ToArray(), "");
            }
        }

        throw new InvalidDataException($"{cached} holds no {Entry}.");
    }

    // Packs into a folder of its own: another test run may be doing the same.
    private static string? Pack(string folder, string cached)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("n"))).FullName;
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["pack", "--silent", Package])
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
