using System.Text;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>
/// Forms and queries as the platform reads them: split at <c>&amp;</c> and at <c>;</c>, a value ends at a second <c>=</c>, an empty one is
/// undefined, a repeated key is an array.
/// </summary>
internal static class FormText
{
    public static void Read(string text, Action<string, JsonNode?> add)
    {
        var values = new Dictionary<string, JsonNode?>();
        foreach (var pair in text.Split('&', ';'))
        {
            var parts = pair.Split('=');
            if (parts[0].Length == 0)
            {
                continue;
            }

            Put(values, Decode(parts[0]), parts.Length > 1 && parts[1].Length > 0 ? Decode(parts[1]) : null);
        }

        foreach (var (name, value) in values)
        {
            add(name, value);
        }
    }

    private static void Put(Dictionary<string, JsonNode?> values, string name, string? value)
    {
        if (value is not null && values.GetValueOrDefault(name) is { } before)
        {
            values[name] = before is JsonArray array ? With(array, value) : new JsonArray(before, value);
            return;
        }

        values[name] = value;
    }

    private static JsonArray With(JsonArray array, string value)
    {
        array.Add(value);
        return array;
    }

    private static string Decode(string text)
    {
        var bytes = new List<byte>(text.Length);
        var source = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '%' && i + 2 < source.Length && IsHex(source[i + 1]) && IsHex(source[i + 2]))
            {
                bytes.Add(Convert.ToByte(Encoding.ASCII.GetString(source, i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add(source[i] == '+' ? (byte)' ' : source[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static bool IsHex(byte symbol) => char.IsAsciiHexDigit((char)symbol);
}
