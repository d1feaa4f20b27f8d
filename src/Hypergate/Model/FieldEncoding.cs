namespace Hypergate.Model;

/// <summary>How one field of a form is written, as far as the description of the platform says.</summary>
/// <param name="Name">The field.</param>
public sealed record FieldEncoding(string Name)
{
    /// <summary>How lists and objects are written; the type does not count where this is given. Null where the type decides.</summary>
    public ParameterWire? Style { get; init; }

    /// <summary>As what the value goes: <c>application/json</c>, or <c>image/png, image/*</c>. Null for what its kind of value is sent as.</summary>
    public string? ContentType { get; init; }

    /// <summary>Headers of its part of a form with files, each with its value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether an object must come as a text already, because it goes as neither JSON nor a style.</summary>
    public bool IsWrittenByCaller => Style is null && FirstType is { } type && !MediaType.IsJson(type) && MediaType.Of(type) != "text/plain";

    /// <summary>Whether the value is JSON although it may be a text.</summary>
    public bool IsJson => Style is null && FirstType is { } type && MediaType.IsJson(type);

    /// <summary>The first type of its own that is no pattern; null where there is none.</summary>
    public string? FirstType => ContentType?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(static type => !type.Contains('*', StringComparison.Ordinal));
}
