using System.Security.Cryptography;
using System.Text;
using Hypergate.Host.Policies;
using Hypergate.Host.Settings;
using Hypergate.Host.Settings.Yaml;

namespace Hypergate.Host.Composition;

/// <summary>All that settings were made of, so that a change of any of it is noticed: files, and what a program gives.</summary>
internal sealed class SettingsContents
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    /// <summary>A hash of it. What is not there or cannot be read looks like nothing else.</summary>
    public async Task<string> LookAsync(SettingsReading reading, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Files(reading).Distinct(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\n"));
            hash.AppendData(await ContentAsync(path, cancellationToken));
        }

        foreach (var name in reading.References?.ProgramNames ?? (IEnumerable<string>)[])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(await GivenAsync(reading.References!, name, cancellationToken)));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Files(SettingsReading reading) =>
    [
        .. reading.File is { } file ? SettingsFiles.Of(new(file, file, Chosen: true)).Select(static one => one.Path).Concat(GateTestRun.Watched(file, reading.Settings)) : [],
        .. reading.References is { } references ? references.Files : (IEnumerable<string>)[],
        .. reading.Settings.Backends.Select(static backend => backend.Rest?.Overlay).OfType<string>(),
    ];

    private static async Task<byte[]> ContentAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return SHA256.HashData(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [exception is FileNotFoundException or DirectoryNotFoundException ? (byte)0 : (byte)1];
        }
    }

    // While the program gives nothing, what it gave stays in force.
    private async Task<string> GivenAsync(References references, string name, CancellationToken cancellationToken)
    {
        if (await Task.Run(() => references.Programs?.Find(name).Value, cancellationToken) is { } value)
        {
            _given[name] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
        }

        return $"{name}={_given.GetValueOrDefault(name)}\n";
    }
}
