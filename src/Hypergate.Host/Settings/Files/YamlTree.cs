using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hypergate.Host.Settings.Files;

/// <summary>A YAML document as JSON that remembers the line of every key.</summary>
internal sealed class YamlTree(YamlNode root, Substitution substitution)
{
    private const int MostNodes = 10_000;

    private readonly Dictionary<string, long> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _filledIn = new(StringComparer.Ordinal);
    private int _nodes;

    /// <summary>Whether the value at a path came from elsewhere, by <c>${…}</c>.</summary>
    public bool IsFilledIn(string path) => _filledIn.Contains(path);

    public JsonNode ToJson() => Convert(root, "") ?? new JsonObject();

    /// <summary>An error at a path such as <c>backends[0].url</c>: at its line, or at the nearest one above it.</summary>
    public SettingsException Fault(string path, string problem)
    {
        var at = path;
        while (at.Length > 0 && !_lines.ContainsKey(at))
        {
            at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))];
        }

        var line = _lines.GetValueOrDefault(at, 1);
        return new SettingsException($"{substitution.File}:{line}: {(path.Length == 0 ? "the file" : path)} {problem}{(problem.EndsWith('?') ? "" : ".")}");
    }

    private JsonNode? Convert(YamlNode node, string path)
    {
        if (++_nodes > MostNodes)
        {
            throw new SettingsException($"{substitution.File}: the file has more than {MostNodes} values.");
        }

        _lines.TryAdd(path, node.Start.Line);
        return node switch
        {
            YamlMappingNode mapping => Object(mapping, path),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select((item, index) => Convert(item, $"{path}[{index}]"))]),
            YamlScalarNode scalar => Scalar(scalar, path),
            _ => throw new SettingsException($"{substitution.File}:{node.Start.Line}: {path} has a form that is not understood."),
        };
    }

    private JsonObject Object(YamlMappingNode mapping, string path)
    {
        var result = new JsonObject();
        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            var own = path.Length == 0 ? name : $"{path}.{name}";
            _lines[own] = key.Start.Line;
            result[name] = Convert(value, own);
        }

        return result;
    }

    // A plain word may be a number or a truth; what is quoted or filled in from elsewhere is a text.
    private JsonValue? Scalar(YamlScalarNode scalar, string path)
    {
        var text = scalar.Value ?? "";
        if (Substitution.Concerns(text))
        {
            _filledIn.Add(path);
            return JsonValue.Create(substitution.Fill(text, path, scalar.Start.Line));
        }

        if (scalar.Style != ScalarStyle.Plain)
        {
            return JsonValue.Create(text);
        }

        return text switch
        {
            "" or "~" or "null" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => JsonValue.Create(integer),
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }
}
