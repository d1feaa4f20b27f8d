using System.Globalization;

namespace Hypergate.Inventory.Proxmox;

/// <summary>A value such as <c>local:100/vm-100-disk-0.qcow2,size=1G,ssd=1</c>: pairs behind a comma, the first perhaps without a name.</summary>
internal sealed class PropertyString
{
    private readonly List<(string Key, string Value)> _pairs = [];

    private PropertyString()
    {
    }

    /// <summary>The value that stands without a name; null where each has one.</summary>
    public string? Unnamed { get; private init; }

    /// <summary>The first pair with its name: <c>virtio</c> and a MAC.</summary>
    public (string Key, string Value)? First => _pairs.Count > 0 ? _pairs[0] : null;

    public IReadOnlyList<(string Key, string Value)> Pairs => _pairs;

    public static PropertyString Parse(string? text)
    {
        var parts = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var read = new PropertyString { Unnamed = parts.FirstOrDefault(static part => !part.Contains('=', StringComparison.Ordinal)) };
        foreach (var part in parts)
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                read._pairs.Add((part[..equals], part[(equals + 1)..]));
            }
        }

        return read;
    }

    public string? Text(string key)
    {
        foreach (var (name, value) in _pairs)
        {
            if (name == key)
            {
                return value;
            }
        }

        return null;
    }

    public bool? Flag(string key) => FlagOf(Text(key));

    public double? Number(string key) =>
        double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public long? Int(string key) => Number(key) is { } number ? (long)number : null;

    /// <summary>All four spellings of a truth are accepted there.</summary>
    public static bool? FlagOf(string? text) => text switch
    {
        "1" or "on" or "yes" or "true" => true,
        "0" or "off" or "no" or "false" => false,
        _ => null,
    };

    /// <summary>Bytes of a size such as <c>32G</c>, <c>528K</c> or plain bytes.</summary>
    public static long? Bytes(string? size)
    {
        if (size is not { Length: > 0 })
        {
            return null;
        }

        var factor = char.ToUpperInvariant(size[^1]) switch
        {
            'K' => 1L << 10,
            'M' => 1L << 20,
            'G' => 1L << 30,
            'T' => 1L << 40,
            _ => 1,
        };
        return double.TryParse(factor == 1 ? size : size[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? (long)(number * factor)
            : null;
    }
}
