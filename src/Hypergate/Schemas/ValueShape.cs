using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Hypergate.Schemas;

/// <summary>
/// What holds for every value, whatever its schema: no name twice in one object (two readers would see two values), no text
/// that is not Unicode, no nesting that a recursive reader could not stand.
/// </summary>
internal static class ValueShape
{
    public const int MaxDepth = 64;

    /// <summary>Adds what is wrong. With a finding, the value is not fit to be looked at further.</summary>
    public static void Check(JsonElement value, ValuePath path, int depth, Findings findings)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when depth >= MaxDepth:
                findings.Add(new(path, FaultKind.Unchecked, $"is nested more than {MaxDepth} levels deep"));
                break;
            case JsonValueKind.Object:
                CheckProperties(value, path, depth, findings);
                break;
            case JsonValueKind.Array:
                CheckItems(value, path, depth, findings);
                break;
            case JsonValueKind.String when !IsText(JsonMarshal.GetRawUtf8Value(value), value, static element => element.GetString()):
                findings.Add(new(path, FaultKind.Type, "is not valid Unicode text"));
                break;
        }
    }

    private static void CheckProperties(JsonElement value, ValuePath path, int depth, Findings findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (findings.Full)
            {
                return;
            }

            if (!IsText(JsonMarshal.GetRawUtf8PropertyName(property), property, static named => named.Name))
            {
                findings.Add(new(path, FaultKind.Type, "has a property whose name is not valid Unicode text"));
                continue;
            }

            var below = path.Property(property.Name);
            if (!seen.Add(property.Name))
            {
                findings.Add(new(below, FaultKind.Unknown, "is given twice"));
            }

            Check(property.Value, below, depth + 1, findings);
        }
    }

    private static void CheckItems(JsonElement value, ValuePath path, int depth, Findings findings)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (findings.Full)
            {
                return;
            }

            Check(item, path.Item(index++), depth + 1, findings);
        }
    }

    /// <summary>A lone surrogate can only be written as an escape; only then must the text be decoded to know.</summary>
    private static bool IsText<T>(ReadOnlySpan<byte> raw, T holder, Func<T, string?> decode)
    {
        if (!Utf8.IsValid(raw))
        {
            return false;
        }

        if (!raw.Contains((byte)'\\'))
        {
            return true;
        }

        try
        {
            _ = decode(holder);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
