using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>
/// Turns nodes into JSON. The schema says whether <c>12345</c> is a number or a password.
/// </summary>
internal sealed class SettingsDocumentWriter : IDisposable
{
    private const int MostNodes = 20_000;

    private readonly References _references;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;
    private readonly Dictionary<string, SettingsPlace> _places = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly List<SettingsFault> _faults = [];
    private int _nodes;

    private SettingsDocumentWriter(References references) => (_references, _writer) = (references, new(_buffer));

    public static SettingsDocument Write(SettingsNode? root, JsonElement schema, References references, string file)
    {
        using var writer = new SettingsDocumentWriter(references);
        root ??= new SettingsNode.Map(new(file, 1), []);
        writer.Write(root, schema, ValuePath.Root);
        writer._writer.Flush();
        using var document = JsonDocument.Parse(writer._buffer.WrittenMemory);
        return new() { Root = document.RootElement.Clone(), Start = new(root.Place.Source, 1), Places = writer._places, Hidden = writer._hidden, Faults = writer._faults };
    }

    public void Dispose() => _writer.Dispose();

    private void Write(SettingsNode node, JsonElement? schema, ValuePath path)
    {
        if (++_nodes > MostNodes)
        {
            throw new SettingsException($"{node.Place}: holds too many values (YAML aliases count each time)");
        }

        switch (node)
        {
            case SettingsNode.Map map:
                WriteMap(map, schema, path);
                break;
            case SettingsNode.List list:
                WriteList(list, schema, path);
                break;
            case SettingsNode.Scalar scalar:
                WriteScalar(scalar, schema, path);
                break;
        }
    }

    private void WriteMap(SettingsNode.Map map, JsonElement? schema, ValuePath path)
    {
        var properties = Below(schema, "properties");
        _writer.WriteStartObject();
        foreach (var entry in map.Entries)
        {
            var below = path.Property(entry.Key);
            _places.TryAdd(below.ToString(), entry.Place);
            _writer.WritePropertyName(entry.Key);
            Write(entry.Value, Below(properties, entry.Key) ?? Below(schema, "additionalProperties"), below);
        }

        _writer.WriteEndObject();
    }

    private void WriteList(SettingsNode.List list, JsonElement? schema, ValuePath path)
    {
        _writer.WriteStartArray();
        for (var index = 0; index < list.Items.Count; index++)
        {
            var below = path.Item(index);
            _places.TryAdd(below.ToString(), list.Items[index].Place);
            Write(list.Items[index], Below(schema, "items"), below);
        }

        _writer.WriteEndArray();
    }

    private void WriteScalar(SettingsNode.Scalar scalar, JsonElement? schema, ValuePath path)
    {
        if (scalar.IsNothing)
        {
            _faults.Add(new(path.ToString(), "has no value; give it one, or take the key away"));
        }

        var (text, isPlain) = (scalar.Text, scalar.Plain);
        if (References.AreIn(text))
        {
            (text, var problem) = _references.Resolve(text);
            isPlain = true;
            _hidden.Add(path.ToString());
            if (problem is not null)
            {
                _faults.Add(new(path.ToString(), problem));
            }
        }

        var isText = schema is { } known && JsonTypes.Wanted(known) is ["string"];
        WriteValue(text, isPlain && !isText);
    }

    private void WriteValue(string text, bool mayBeOther)
    {
        if (mayBeOther && text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            _writer.WriteBooleanValue(text[0] is 't' or 'T');
        }
        else if (mayBeOther && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            _writer.WriteNumberValue(integer);
        }
        else if (mayBeOther
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            _writer.WriteNumberValue(number);
        }
        else
        {
            _writer.WriteStringValue(text);
        }
    }

    private static JsonElement? Below(JsonElement? schema, string name) =>
        schema is { } parent && parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object ? child : null;
}
