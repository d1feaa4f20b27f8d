using System.Text.Json;

namespace Hypergate.Model;

/// <summary>One value that an operation takes beside its body.</summary>
public sealed record Parameter
{
    /// <summary>What callers name it.</summary>
    public required string Name { get; init; }

    public required ParameterPlace Place { get; init; }

    public bool Required { get; init; }

    /// <summary>JSON Schema (2020-12) of the value.</summary>
    public required JsonElement Schema { get; init; }

    public string Description { get; init; } = "";

    /// <summary>How it is written where that is not the plain way of its name and value; null where it is.</summary>
    public ParameterWire? Wire { get; init; }
}

public enum ParameterPlace
{
    Path,
    Query,
    Header,
    Cookie,

    /// <summary>A field of the body.</summary>
    Body,
}

/// <summary>How a parameter goes over the wire.</summary>
/// <param name="Name">What the platform calls it: <c>filter[name]</c>.</param>
/// <param name="Style">How lists and objects are written.</param>
/// <param name="Explode">Whether each of their values stands for itself.</param>
public sealed record ParameterWire(string Name, ParameterStyle Style, bool Explode)
{
    /// <summary>Whether reserved characters of a query value stay as they are where they mean nothing there.</summary>
    public bool AllowReserved { get; init; }
}

/// <summary>The ways of OpenAPI to write lists and objects.</summary>
public enum ParameterStyle
{
    /// <summary><c>a=1&amp;a=2</c>, or <c>a=1,2</c> where it does not explode.</summary>
    Form,

    /// <summary><c>1,2</c>.</summary>
    Simple,

    /// <summary><c>.1.2</c>.</summary>
    Label,

    /// <summary><c>;a=1;a=2</c>.</summary>
    Matrix,

    /// <summary><c>a=1%202</c>.</summary>
    SpaceDelimited,

    /// <summary><c>a=1|2</c>.</summary>
    PipeDelimited,

    /// <summary><c>a=1%092</c>.</summary>
    TabDelimited,

    /// <summary><c>a[b]=1</c>.</summary>
    DeepObject,

    /// <summary>The value as JSON text.</summary>
    Json,

    /// <summary><c>a=1&amp;a=2</c>, <c>a[b]=1</c>, <c>a[0][b]=1</c>: as forms with brackets are read.</summary>
    Brackets,
}

/// <summary>The body of an operation.</summary>
/// <param name="Schema">JSON Schema (2020-12) with every reference inlined.</param>
/// <param name="Required">Whether the platform refuses a call without it.</param>
/// <param name="MediaType">As what it is sent.</param>
public sealed record RequestBody(JsonElement Schema, bool Required, string MediaType = RequestBody.Json)
{
    public const string Json = "application/json";

    /// <summary>How fields of a form are written that are written in a way of their own.</summary>
    public IReadOnlyList<FieldEncoding> Fields { get; init; } = [];
}
