using System.Text.Json;
using Hypergate.Backends.Dadl;
using Hypergate.Backends.Rest;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>Settings from <c>hypergate.yaml</c> and what lies beside it.</summary>
internal static class SettingsFile
{
    /// <summary>The key of the platforms.</summary>
    public const string Backends = "backends";

    /// <param name="location">The file that holds; null where variables say all.</param>
    /// <param name="tree">What stands there, and in what lies beside it.</param>
    /// <param name="sources">The process.</param>
    /// <exception cref="SettingsException">Something is missing or wrong.</exception>
    public static SettingsReading Read(SettingsLocation? location, SettingsTree tree, SettingsSources sources)
    {
        var folder = location?.Folder ?? sources.WorkingFolder;
        var references = new References(sources, folder, location is null or { Chosen: true }, tree.Root);
        var document = ReadDocument(tree, references, "");
        var settings = SettingsCompletion.Complete(Settings(document), sources, folder);
        Refuse(SettingsChecks.Check(settings), document);
        if (location is not null)
        {
            WorkingFolderGuard.Check(settings, location, sources, references.Variables, document);
        }

        return new()
        {
            Settings = settings,
            File = location?.Path,
            Parts = tree.Sources,
            References = references,
            DataFolder = SettingsCompletion.DataFolder(sources),
            Warnings =
            [
                .. EnvironmentVariables.Misspelled(sources),
                .. location is null ? [] : FileWarnings.Of(location, sources, references.Variables, document),
                .. SettingsWarnings.Of(settings, sources),
            ],
        };
    }

    /// <summary>The settings without platforms, which come from elsewhere.</summary>
    /// <exception cref="SettingsException">Something is wrong.</exception>
    public static SaidByVariables ReadWithoutBackends(SettingsTree tree, SettingsSources sources)
    {
        var references = new References(sources, sources.WorkingFolder, mayRun: true, tree.Root);
        var none = new SettingsNode.List(tree.Root!.Place, []);
        var document = ReadDocument(tree with { Root = ((SettingsNode.Map)tree.Root).With(new(Backends, none.Place, none)) }, references, Backends);
        return new(Settings(document), references, tree.Sources, path => document.Places.ContainsKey(path) ? $"{document.PlaceOf(path)}: {path}" : null);
    }

    /// <param name="tree">What was written.</param>
    /// <param name="references">Put in place.</param>
    /// <param name="exempt">The key of which nothing is asked; empty for none.</param>
    private static SettingsDocument ReadDocument(SettingsTree tree, References references, string exempt)
    {
        var schema = SettingsSchema.Read();
        var document = SettingsDocumentWriter.Write(tree.Root, schema, references, tree.Sources is [var first, ..] ? first : "");
        var faults = JsonSchemaCheck.Find(schema, document.Root).Select(finding => Fault(finding, document)).Where(fault => exempt == "" || fault.Path != exempt);
        Refuse([.. document.Faults, .. faults, .. AddressFaults(document.Root)], document);
        return document;
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
            || !root.TryGetProperty(Backends, out var backends)
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

    private static GatewaySettings Settings(SettingsDocument document)
    {
        try
        {
            return SettingsDefaults.Fill(document.Root, SettingsSchema.Read()).Deserialize(SettingsJsonContext.Default.GatewaySettings)!;
        }
        catch (JsonException exception)
        {
            // The schema has let pass what the types do not take: our mistake, but the operator must learn where.
            var path = exception.Path?.TrimStart('$').TrimStart('.') ?? "";
            throw new SettingsException($"{document.PlaceOf(path)}: {path} cannot be understood");
        }
    }

    /// <summary>Throws for the first fault. A misspelled key explains others, such as the right one that is missing, so it comes first.</summary>
    private static void Refuse(IEnumerable<SettingsFault> faults, SettingsDocument document)
    {
        var first = faults
            .OrderBy(static fault => !fault.Problem.StartsWith("is not a known setting", StringComparison.Ordinal))
            .ThenBy(fault => document.PlaceOf(fault.Path).Line)
            .FirstOrDefault();
        if (first is not null)
        {
            var problem = document.Hidden.Contains(first.Path) ? first.Problem : first.ProblemWithValue;
            throw new SettingsException($"{document.PlaceOf(first.Path)}: {first.Path} {problem}".Replace(":  ", ": ", StringComparison.Ordinal));
        }
    }
}
