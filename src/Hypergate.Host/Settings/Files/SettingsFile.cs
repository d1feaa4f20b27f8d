using System.Text.Json;
using Hypergate.Schemas;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hypergate.Host.Settings.Files;

/// <summary>Settings from <c>hypergate.yaml</c>. Every fault names file, line and key, and nothing is started.</summary>
internal static class SettingsFile
{
    public static SettingsReading Read(string path, SettingsSources sources)
    {
        var shown = Path.GetFileName(path);
        var tree = new YamlTree(Root(path, shown), new Substitution(sources, shown));
        var value = tree.ToJson();
        var element = JsonSerializer.SerializeToElement(value, NodeJson.Default.JsonNode);
        if (Fault(element) is { } fault)
        {
            throw tree.Fault(fault.Path, fault.Problem);
        }

        var settings = element.Deserialize(SettingsJson.Default.GatewaySettings)
            ?? throw new SettingsException($"{shown}: the file is empty.");
        Check(settings, tree);
        return new SettingsReading(settings, SettingsFileRights.Warning(path, settings, tree) is { } warning ? [warning] : [], sources);
    }

    // What stands where a credential belongs is not quoted.
    private static SchemaFault? Fault(JsonElement element)
    {
        var schema = SettingsSchema.Embedded();
        if (JsonSchemaCheck.Check(schema, element, maxFaults: 1) is not [var fault])
        {
            return null;
        }

        return MayHoldCredential(fault.Path) ? JsonSchemaCheck.Check(schema, element, maxFaults: 1, tellValues: false)[0] : fault;
    }

    private static bool MayHoldCredential(string path) =>
        path.Contains(".auth", StringComparison.Ordinal)
        || path.EndsWith(".proxy", StringComparison.Ordinal)
        || path.EndsWith("url", StringComparison.OrdinalIgnoreCase);

    private static YamlNode Root(string path, string shown)
    {
        try
        {
            SettingsFileRights.Check(path);
            using var reader = new StreamReader(path);
            var stream = new YamlStream();
            stream.Load(reader);
            return stream.Documents is [var document]
                ? document.RootNode
                : throw new SettingsException($"{shown}: one document is expected, not {stream.Documents.Count}.");
        }
        catch (YamlException exception)
        {
            throw new SettingsException($"{shown}:{exception.Start.Line}: this is not YAML: {(exception.InnerException ?? exception).Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The settings file {path} cannot be read: {exception.Message}");
        }
    }

    private static void Check(GatewaySettings settings, YamlTree tree)
    {
        if (SettingsLoading.AddressFault(settings.DocumentationUrl) is { } wrongAddress)
        {
            throw tree.Fault("documentationUrl", wrongAddress);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < settings.Backends.Count; i++)
        {
            var backend = settings.Backends[i];
            if (!BackendName.Fits(backend.Name))
            {
                throw tree.Fault($"backends[{i}].name", "must be 1 to 40 letters, digits, '-' or '_'");
            }

            if (!names.Add(backend.Name))
            {
                throw tree.Fault($"backends[{i}].name", $"'{backend.Name}' is the name of two backends");
            }

            if (SettingsLoading.Fault(backend) is var (key, problem))
            {
                throw tree.Fault($"backends[{i}].{key}", problem);
            }
        }
    }
}
