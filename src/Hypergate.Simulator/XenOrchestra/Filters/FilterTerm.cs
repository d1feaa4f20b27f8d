using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Filters;

/// <summary>One condition of the filter language on a value; null stands for JSON null and for an absent value alike.</summary>
internal abstract class FilterTerm
{
    /// <summary>No condition at all.</summary>
    public static FilterTerm Everything { get; } = new AllOf([]);

    public abstract bool Matches(JsonNode? value);

    /// <summary>Whether any value within an object or array fits.</summary>
    protected bool AnyWithin(JsonNode? value) => value switch
    {
        JsonObject item => item.Any(property => Matches(property.Value)),
        JsonArray items => items.Any(Matches),
        _ => false,
    };

    /// <summary>The text of a JSON string, or null.</summary>
    protected static string? Text(JsonNode? value) => value is JsonValue leaf && leaf.TryGetValue<string>(out var text) ? text : null;

    internal sealed class AllOf(IReadOnlyList<FilterTerm> terms) : FilterTerm
    {
        public override bool Matches(JsonNode? value) => terms.All(term => term.Matches(value));
    }

    internal sealed class AnyOf(IReadOnlyList<FilterTerm> terms) : FilterTerm
    {
        public override bool Matches(JsonNode? value) => terms.Any(term => term.Matches(value));
    }

    internal sealed class Not(FilterTerm term) : FilterTerm
    {
        public override bool Matches(JsonNode? value) => !term.Matches(value);
    }

    /// <summary>The value of a property fits; a dot is part of its name.</summary>
    internal sealed class Property(string name, FilterTerm term) : FilterTerm
    {
        public override bool Matches(JsonNode? value) => value is not null && term.Matches(Member.Of(value, name));
    }

    /// <summary>A property is there and not false, 0 or "".</summary>
    internal sealed class Truthy(string name) : FilterTerm
    {
        public override bool Matches(JsonNode? value) => Member.Of(value, name) switch
        {
            null => false,
            JsonValue leaf when leaf.TryGetValue<bool>(out var flag) => flag,
            JsonValue leaf when leaf.TryGetValue<string>(out var text) => text.Length > 0,
            JsonValue leaf when Number.Of(leaf) is { } number => number != 0,
            _ => true,
        };
    }
}
