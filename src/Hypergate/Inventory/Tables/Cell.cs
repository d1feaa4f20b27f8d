namespace Hypergate.Inventory.Tables;

/// <summary>One value of a row: nothing, a text, a number, a truth, a moment or a list of texts. Small, and without boxing.</summary>
public readonly struct Cell : IEquatable<Cell>
{
    private readonly object? _reference;
    private readonly long _bits;

    private Cell(CellKind kind, object? reference, long bits)
    {
        Kind = kind;
        _reference = reference;
        _bits = bits;
    }

    public static Cell Null => default;

    public CellKind Kind { get; }

    public bool IsNull => Kind == CellKind.Null;

    /// <summary>The text; only of a text.</summary>
    public string Text => (string)_reference!;

    /// <summary>The whole number: of an int, bytes, or a duration in seconds.</summary>
    public long Int => _bits;

    /// <summary>The number, whole or not.</summary>
    public double Number => Kind == CellKind.Float ? BitConverter.Int64BitsToDouble(_bits) : _bits;

    public bool Bool => _bits != 0;

    /// <summary>The moment, in UTC.</summary>
    public DateTimeOffset Time => new(_bits, TimeSpan.Zero);

    public IReadOnlyList<string> List => (IReadOnlyList<string>)_reference!;

    public static Cell Of(string? text) => text is null ? Null : new(CellKind.Text, text, 0);

    public static Cell Of(long? number) => number is { } value ? new(CellKind.Int, null, value) : Null;

    /// <summary>A number that need not be whole; what is no number is nothing.</summary>
    public static Cell Of(double? number) =>
        number is { } value && double.IsFinite(value) ? new(CellKind.Float, null, BitConverter.DoubleToInt64Bits(value)) : Null;

    public static Cell Of(bool? truth) => truth is { } value ? new(CellKind.Bool, null, value ? 1 : 0) : Null;

    public static Cell Of(DateTimeOffset? moment) => moment is { } value ? new(CellKind.Time, null, value.UtcTicks) : Null;

    public static Cell Of(IReadOnlyList<string>? list) => list is null ? Null : new(CellKind.List, list, 0);

    /// <summary>A share in percent with one decimal; nothing where a part is unknown or the whole is nothing.</summary>
    public static Cell Share(double? part, double? whole) =>
        part is { } some && whole is > 0 ? Of(Math.Round(some * 100 / whole.Value, 1, MidpointRounding.AwayFromZero)) : Null;

    public static bool operator ==(Cell left, Cell right) => left.Equals(right);

    public static bool operator !=(Cell left, Cell right) => !left.Equals(right);

    public bool Equals(Cell other) => (Kind, other.Kind) switch
    {
        (CellKind.Int or CellKind.Float, CellKind.Int or CellKind.Float) => Kind == other.Kind ? _bits == other._bits : Number.Equals(other.Number),
        (CellKind.Text, CellKind.Text) => string.Equals(Text, other.Text, StringComparison.Ordinal),
        (CellKind.List, CellKind.List) => List.SequenceEqual(other.List, StringComparer.Ordinal),
        var (mine, its) => mine == its && _bits == other._bits,
    };

    public override bool Equals(object? obj) => obj is Cell other && Equals(other);

    public override int GetHashCode() => Kind switch
    {
        CellKind.Int or CellKind.Float => Number.GetHashCode(),
        CellKind.Text => Text.GetHashCode(StringComparison.Ordinal),
        CellKind.List => List.Count,
        _ => HashCode.Combine(Kind, _bits),
    };
}

/// <summary>What a <see cref="Cell"/> holds.</summary>
public enum CellKind : byte
{
    Null,
    Text,
    Int,
    Float,
    Bool,
    Time,
    List,
}
