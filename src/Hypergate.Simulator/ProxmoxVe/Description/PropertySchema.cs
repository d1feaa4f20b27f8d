using System.Text.RegularExpressions;

namespace Hypergate.Simulator.ProxmoxVe.Description;

/// <summary>What a parameter, or a key of a property string, may be.</summary>
internal sealed record PropertySchema
{
    public required string Name { get; init; }

    /// <summary><c>string integer number boolean array object</c>.</summary>
    public string Type { get; init; } = "string";

    public bool Optional { get; init; }

    /// <summary>A key of a property string whose name may be left out.</summary>
    public bool Bare { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public IReadOnlyList<string> Enum { get; init; } = [];

    public string? Default { get; init; }

    /// <summary>The Perl pattern as it is written, without anchors.</summary>
    public string? Pattern { get; init; }

    /// <summary>A named format, such as <c>pve-vmid</c>; null where it is a property string.</summary>
    public string? Format { get; init; }

    /// <summary>The name of a property string's keys in formats.txt.</summary>
    public string? PropertyString { get; init; }

    public PropertySchema? Items { get; init; }

    public string? Requires { get; init; }

    public string? Alias { get; init; }

    public string? KeyAlias { get; init; }

    /// <summary>The pattern, anchored; null where there is none or .NET cannot read it.</summary>
    public Regex? Expression { get; init; }
}
