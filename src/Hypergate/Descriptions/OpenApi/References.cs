using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Follows <c>$ref</c> within one document; a reference that leads out of it is never followed.</summary>
internal sealed class References(JsonElement root, DescriptionLimits limits)
{
    private const int LongestChain = 16;

    private readonly Dictionary<string, JsonElement> _found = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>The address in a <c>$ref</c>, or null where the element is not a reference.</summary>
    public static string? AddressIn(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var address)
            ? address.ValueKind == JsonValueKind.String ? address.GetString() : ""
            : null;

    /// <summary>The element itself, or what it refers to in the end.</summary>
    public JsonElement Follow(JsonElement element)
    {
        for (var step = 0; step < LongestChain; step++)
        {
            if (AddressIn(element) is not { } address)
            {
                return element;
            }

            element = Find(address);
        }

        throw new UnusableOperationException("its references go round in a circle");
    }

    /// <summary>What an address such as <c>#/components/schemas/Vm</c> names.</summary>
    public JsonElement Find(string address)
    {
        if (!_found.TryGetValue(address, out var target))
        {
            _found[address] = target = Walk(address);
        }

        _bytes += JsonMarshal.GetRawUtf8Value(target).Length;
        return _bytes <= limits.ReferencedBytes
            ? target
            : throw new UnusableOperationException("the document's references repeat too much of it");
    }

    private JsonElement Walk(string address)
    {
        if (!address.StartsWith("#/", StringComparison.Ordinal))
        {
            throw new UnusableOperationException($"it refers to something outside the document ({Brief(address)})");
        }

        var place = root;
        foreach (var part in address[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (!(place.ValueKind == JsonValueKind.Array ? TryItem(place, name, out place) : place.ValueKind == JsonValueKind.Object && place.TryGetProperty(name, out place)))
            {
                throw new UnusableOperationException($"it refers to {Brief(address)}, which does not exist");
            }
        }

        return place;
    }

    // RFC 6901: digits without a zero in front. Programs that join documents write such references.
    private static bool TryItem(JsonElement list, string name, out JsonElement item)
    {
        item = default;
        if ((name.StartsWith('0') && name != "0") || !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place) || place >= list.GetArrayLength())
        {
            return false;
        }

        item = list[place];
        return true;
    }

    private static string Brief(string address) => DescriptionText.OneLine(address, DescriptionText.LongestTitle);
}
