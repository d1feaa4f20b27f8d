using System.Text;
using System.Text.Json;
using Hypergate.Backends.Dadl;
using Hypergate.Backends.Rest;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>Settings from <c>hypergate.yaml</c>.</summary>
internal static class SettingsFile
{
    private const int MostBytes = 1024 * 1024;

    public static SettingsReading Read(SettingsLocation location, SettingsSources sources)
    {
        var references = new References(sources, location.Folder);
        var document = ReadDocument(location, references);
        var settings = SettingsCompletion.Complete(Settings(document, location.Name), sources, location.Folder);
        Refuse(SettingsChecks.Check(settings), document, location.Name);
        WorkingFolderGuard.Check(settings, location, sources, references.Variables, document);
        return new()
        {
            Settings = settings,
            File = location.Path,
            DataFolder = SettingsCompletion.DataFolder(sources),
            Warnings =
            [
                .. EnvironmentVariables.Misspelled(sources),
                .. FileWarnings.Of(location, sources, references.Variables, document),
                .. SettingsWarnings.Of(settings, sources),
            ],
        };
    }

    private static SettingsDocument ReadDocument(SettingsLocation location, References references)
    {
        var schema = SettingsSchema.Read();
        var document = SettingsDocumentWriter.Write(YamlReader.Read(ReadText(location), location.Name), schema, references, location.Name);
        var faults = JsonSchemaCheck.Find(schema, document.Root).Select(finding => Fault(finding, document));
        Refuse([.. document.Faults, .. faults, .. AddressFaults(document.Root)], document, location.Name);
        return document;
    }

    private static string ReadText(SettingsLocation location)
    {
        try
        {
            var bytes = File.ReadAllBytes(location.Path);
            return bytes.Length <= MostBytes
                ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF')
                : throw new SettingsException($"{location.Name} is longer than {MostBytes} bytes");
        }
        catch (DecoderFallbackException)
        {
            throw new SettingsException($"{location.Name} is not UTF-8 text");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{location.Name} cannot be used: the file {FileProblem.Of(exception, location.Path)}");
        }
    }

    private static SettingsFault Fault(Finding finding, SettingsDocument document)
    {
        var path = finding.Path.ToString();
        var problem = document.Hidden.Contains(path) || (MayHoldCredential(path) && finding.Problem.Contains('"', StringComparison.Ordinal)) || QuotesLongText(finding.Problem) ? finding.ProblemWithoutValue : finding.Problem;
        return new(path, finding.Kind == FaultKind.Unknown ? problem.Replace("known property", "known setting", StringComparison.Ordinal) : problem);
    }

    // What stands where a credential belongs is not quoted, whatever its form.
    private static bool MayHoldCredential(string path) =>
        path.Contains("].auth", StringComparison.Ordinal) || path.EndsWith("].proxy", StringComparison.Ordinal);

    // A long text in a wrong place may be a token that slipped a line.
    private static bool QuotesLongText(string problem)
    {
        const int LongestQuoted = 24;
        const string Label = "is string \"";
        var start = problem.IndexOf(Label, StringComparison.Ordinal);
        var end = start < 0 ? -1 : problem.IndexOf('"', start + Label.Length);
        return end - start > LongestQuoted + Label.Length;
    }

    private static IEnumerable<SettingsFault> AddressFaults(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("backends", out var backends)
            || backends.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        for (var index = 0; index < backends.GetArrayLength(); index++)
        {
            if (backends[index].ValueKind != JsonValueKind.Object || !backends[index].TryGetProperty("url", out var url))
            {
                continue;
            }

            foreach (var fault in AddressFaults(url, $"backends[{index}].url", IsRest(backends[index])))
            {
                yield return fault;
            }
        }
    }

    private static bool IsRest(JsonElement backend) =>
        backend.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && (kind.ValueEquals(RestKind.Name) || kind.ValueEquals(DadlKind.Name));

    private static IEnumerable<SettingsFault> AddressFaults(JsonElement url, string path, bool isRest) => url.ValueKind switch
    {
        JsonValueKind.String => [.. AddressRules.CheckPlatform(url.GetString()!, path, isRest) is { } fault ? [fault] : Array.Empty<SettingsFault>()],
        JsonValueKind.Array => url.EnumerateArray().SelectMany((one, index) => AddressFaults(one, $"{path}[{index}]", isRest)),
        _ => [],
    };

    private static GatewaySettings Settings(SettingsDocument document, string file)
    {
        try
        {
            return SettingsDefaults.Fill(document.Root, SettingsSchema.Read()).Deserialize(SettingsJsonContext.Default.GatewaySettings)!;
        }
        catch (JsonException exception)
        {
            // The schema has let pass what the types do not take: our mistake, but the operator must learn where.
            var path = exception.Path?.TrimStart('$').TrimStart('.') ?? "";
            throw new SettingsException($"{file}:{document.LineOf(path)}: {path} cannot be understood");
        }
    }

    /// <summary>Throws for the first fault. A misspelled key explains others, such as the right one that is missing, so it comes first.</summary>
    private static void Refuse(IEnumerable<SettingsFault> faults, SettingsDocument document, string file)
    {
        var first = faults
            .OrderBy(static fault => !fault.Problem.StartsWith("is not a known setting", StringComparison.Ordinal))
            .ThenBy(fault => document.LineOf(fault.Path))
            .FirstOrDefault();
        if (first is not null)
        {
            var problem = document.Hidden.Contains(first.Path) ? first.Problem : first.ProblemWithValue;
            throw new SettingsException($"{file}:{document.LineOf(first.Path)}: {first.Path} {problem}".Replace(":  ", ": ", StringComparison.Ordinal));
        }
    }
}
