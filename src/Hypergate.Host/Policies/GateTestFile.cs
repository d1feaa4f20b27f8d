using System.Text.Json;
using Hypergate.Host.Settings;
using Hypergate.Host.Settings.Yaml;
using Hypergate.Schemas;

namespace Hypergate.Host.Policies;

/// <summary>Files with tests of gates, <c>*.gate-test.yaml</c>, beside the settings and beside the scripts of gates.</summary>
internal static class GateTestFile
{
    private const string Pattern = "*.gate-test.yaml";
    private const int MostBytes = 1024 * 1024;

    private static readonly JsonElement Schema = JsonElement.Parse("""
        {"type":"object","additionalProperties":false,"required":["tests"],"properties":{"tests":{"type":"array","minItems":1,"items":{
          "type":"object","additionalProperties":false,"required":["name","call","expect"],"properties":{
            "name":{"type":"string"},"call":{"type":"object"},"result":{},
            "expect":{"type":"object","additionalProperties":false,"properties":{
              "refused":{"type":["string","boolean"]},"args":{"type":"object"},"result":{},"confirm":{"enum":["none","confirm","approve","four-eyes"]}}}}}}}}
        """);

    /// <summary>The files that lie beside a settings file and the scripts of its gates, or those named after the script of a gate.</summary>
    /// <param name="file">The absolute path of the settings or the script.</param>
    /// <param name="scripts">The absolute paths of the scripts of its gates.</param>
    public static IReadOnlyList<string> Beside(string file, IEnumerable<string> scripts)
    {
        var name = file.EndsWith(".js", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(file) : "";
        return [.. scripts.Append(file).Select(static one => Path.GetDirectoryName(one)!).Distinct(StringComparer.Ordinal).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, name + Pattern)).Order(StringComparer.Ordinal)];
    }

    /// <exception cref="SettingsException">It cannot be read, or has something wrong in it; the message names the line.</exception>
    public static IReadOnlyList<GateTest> Read(string path, SettingsSources sources)
    {
        var name = Path.GetFileName(path);
        var document = SettingsDocumentWriter.Write(YamlReader.Read(Text(path), name), Schema, new References(sources, Path.GetDirectoryName(path)!), name);
        var faults = document.Faults.Concat(JsonSchemaCheck.Find(Schema, document.Root).Select(static finding => new SettingsFault(finding.Path.ToString(), finding.Problem)));
        if (faults.FirstOrDefault() is { } fault)
        {
            throw new SettingsException($"{document.PlaceOf(fault.Path)}: {fault.Path} {fault.Problem}");
        }

        return [.. document.Root.GetProperty("tests").EnumerateArray().Select((test, index) => Of(test, document.PlaceOf($"tests[{index}]").ToString()))];
    }

    private static GateTest Of(JsonElement test, string place)
    {
        if (test.GetProperty("expect").GetPropertyCount() == 0)
        {
            throw new SettingsException($"{place}: expect says nothing; it may have refused, args, result, confirm");
        }

        try
        {
            return new(
                $"{place}: {test.GetProperty("name").GetString()}",
                GateTrialCall.Read(test.GetProperty("call").GetRawText()),
                test.TryGetProperty("result", out var result) ? result : null,
                test.GetProperty("expect"));
        }
        catch (SettingsException exception)
        {
            throw new SettingsException($"{place}: {exception.Message.Replace("--call", "call", StringComparison.Ordinal)}");
        }
    }

    private static string Text(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MostBytes ? File.ReadAllText(path) : throw new SettingsException($"{Path.GetFileName(path)} is longer than {MostBytes} bytes");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path} {FileProblem.Of(exception, path)}");
        }
    }
}
