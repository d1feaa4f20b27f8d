using System.Diagnostics.CodeAnalysis;
using Hypergate.Model;

namespace Hypergate.Descriptions;

/// <summary>What a kind of backend knows beyond its description. The defaults know nothing.</summary>
public sealed record DescriptionRules
{
    /// <summary>The class of an operation.</summary>
    public required Func<Route, Access> AccessOf { get; init; }

    /// <summary>Routes that are not offered. The first that fits gives the reason.</summary>
    public IReadOnlyList<ExcludedRoute> Excluded { get; init; } = [];

    /// <summary>Path patterns of long series of numbers: <c>*/stats</c>.</summary>
    public IReadOnlyList<string> StatisticsRoutes { get; init; } = [];

    /// <summary>Query parameters that the gateway sets by itself and shows to nobody.</summary>
    public IReadOnlyList<string> Switches { get; init; } = [];

    /// <summary>Parameters that mean the same in every operation, by name.</summary>
    public IReadOnlyDictionary<string, StandardParameter> StandardParameters { get; init; } =
        new Dictionary<string, StandardParameter>(StringComparer.Ordinal);

    /// <summary>How the operations of this platform return lists; null where it has no fixed way.</summary>
    public ListRules? Lists { get; init; }

    /// <summary>What the platform puts around every value; null where nothing is around it, or nobody knows.</summary>
    public EnvelopeRules? Envelope { get; init; }

    /// <summary>Path patterns of lists whose order says something.</summary>
    public IReadOnlyList<string> OrderedRoutes { get; init; } = [];

    /// <summary>The fields that a list shows where the caller names none, by path, for descriptions that do not tell.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ShownFields { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Parameters that a caller wants first, where an operation has dozens.</summary>
    public IReadOnlyList<string> Prominent { get; init; } = [];

    /// <summary>The extension that carries the platform's advice (allow, confirm, deny); null where there is none.</summary>
    public string? ExposureProperty { get; init; }

    /// <summary>Takes the platform's own blocks, such as required rights, out of a raw text.</summary>
    public Func<string, DescribedText> Split { get; init; } = static text => new(text, []);

    /// <summary>How texts begin that a generator wrote about its own types, and that say nothing about the value.</summary>
    public IReadOnlyList<string> MeaninglessTexts { get; init; } = [];

    /// <summary>Words of paths and names that are not written as they are: <c>vm</c> is <c>VM</c>. In singular.</summary>
    public IReadOnlyDictionary<string, string> Vocabulary { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Whether the document is all that anybody knows of the API, and may be any: parameters of every place and style, bodies of every
    /// type, schemas that contain themselves (cut there), objects that may hold more than they say.
    /// </summary>
    public bool IsGeneral { get; init; }

    /// <summary>The path of the API, by the servers that a document names for all, for a path or for an operation: empty where it does not count.</summary>
    public Func<IReadOnlyList<DeclaredServer>, string> ServerPath { get; init; } = static _ => "";

    public DescriptionLimits Limits { get; init; } = new();
}

/// <summary>A server as a document names it.</summary>
/// <param name="Url">With placeholders in braces, absolute or below the document's own address.</param>
/// <param name="Variables">The default of each placeholder.</param>
public sealed record DeclaredServer(string Url, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>The only values that a variable may have, by its name; variables that may have any are not there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Choices { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
}

/// <summary>A route that is not offered.</summary>
/// <param name="Pattern">The whole path template, where <c>*</c> stands for any characters; case does not matter.</param>
/// <param name="Reason">Why, in words for an operator.</param>
public sealed record ExcludedRoute(string Pattern, string Reason);

/// <summary>A parameter that means the same in every operation.</summary>
/// <param name="Description">Used where the document has no text of its own.</param>
/// <param name="Schema">JSON Schema that replaces the document's; null keeps that.</param>
/// <param name="HasExamples">Whether the document's examples help; ids of objects that do not exist here mislead.</param>
public sealed record StandardParameter(
    string Description,
    [property: StringSyntax(StringSyntaxAttribute.Json)] string? Schema = null,
    bool HasExamples = true);

/// <summary>How a platform returns lists.</summary>
public sealed record ListRules
{
    /// <summary>Parameters of which any one marks a list.</summary>
    public required IReadOnlyList<string> Markers { get; init; }

    /// <summary>The parameter that chooses fields.</summary>
    public required string FieldsParameter { get; init; }

    /// <summary>Fields that come unasked and are never asked for.</summary>
    public IReadOnlyList<string> Unasked { get; init; } = [];

    /// <summary>A field that is always asked for, where the objects have it.</summary>
    public string? Always { get; init; }

    /// <summary>Fields to ask for where the document has no example, as far as its schema knows them.</summary>
    public IReadOnlyList<string> Fallback { get; init; } = [];
}

/// <summary>What a platform puts around its values: <c>{"data": …, "total": …}</c>.</summary>
/// <param name="Value">The member that is the value.</param>
/// <param name="Words">All members that an envelope may have, that one among them.</param>
public sealed record EnvelopeRules(string Value, IReadOnlyList<string> Words);

/// <summary>A raw text without the platform's own blocks.</summary>
public sealed record DescribedText(string Text, IReadOnlyList<Privilege> Requires);
