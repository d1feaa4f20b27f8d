using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>What a kind of platform knows of its objects for rights: which objects a call and a row are about, and their tags, pool, owner.</summary>
internal sealed record ObjectRules
{
    /// <summary>The objects that a call touches by its path and arguments, the main one first; none where it names none.</summary>
    public required Func<Operation, JsonElement, IReadOnlyList<ObjectRef>> Targets { get; init; }

    /// <summary>Whether a call of an operation can be about objects at all; lists always can.</summary>
    public required Func<Operation, bool> HasTarget { get; init; }

    /// <summary>The object that an argument of this name means; null for other arguments.</summary>
    public required Func<string, string, ObjectRef?> Reference { get; init; }

    /// <summary>The objects that arguments mean, however deep they lie in them; each once.</summary>
    public IEnumerable<ObjectRef> ReferencesIn(JsonElement arguments) => arguments.ValueKind switch
    {
        JsonValueKind.Object => arguments.EnumerateObject().SelectMany(property => ReferencesOf(property.Name, property.Value)).Distinct(),
        JsonValueKind.Array => arguments.EnumerateArray().SelectMany(ReferencesIn).Distinct(),
        _ => [],
    };

    /// <summary>The object that a row of an answer is or belongs to; null where it is no object.</summary>
    public required Func<Operation, JsonElement, ObjectRef?> RowOf { get; init; }

    /// <summary>Where one object is read; null where it cannot be.</summary>
    public required Func<ObjectRef, ObjectRead?> One { get; init; }

    /// <summary>Where all objects of a family are read; null where they cannot be.</summary>
    public required Func<string, ObjectRead?> Many { get; init; }

    /// <summary>Which object of a family an item is that <see cref="One"/> or <see cref="Many"/> gave; null for none.</summary>
    public required Func<string, JsonElement, ObjectRef?> Identify { get; init; }

    /// <summary>What is known of an object; what this kind of object does not have is null.</summary>
    public required Func<string, JsonElement, ObjectFacts> Facts { get; init; }

    /// <summary>The object that this one is a part of, whose facts hold for it; null where it stands for itself.</summary>
    public Func<string, JsonElement, ObjectRef?> Whole { get; init; } = static (_, _) => null;

    /// <summary>The family whose objects are pools, so that a pool is known by its name, too; null where pools have no ids.</summary>
    public string? Pools { get; init; }

    /// <summary>Whether all that is read below such an object belongs to it.</summary>
    public Func<string, bool> IsLeaf { get; init; } = static _ => false;

    private IEnumerable<ObjectRef> ReferencesOf(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Reference(name, value.GetString()!) is { } one ? [one] : [],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => ReferencesOf(name, item)),
        _ => ReferencesIn(value),
    };
}

/// <summary>An object of a platform.</summary>
/// <param name="Family">What kind of object: <c>vms</c>, <c>guest</c>.</param>
/// <param name="Id">Its id there.</param>
internal readonly record struct ObjectRef(string Family, string Id)
{
    /// <summary>Objects that a call touches without naming them: all guests of a node, all hosts of a pool. Nothing is known of them.</summary>
    public static ObjectRef Unnamed { get; } = new("", "");
}

/// <summary>A read of objects: the path template of the reading operation, and its arguments.</summary>
internal sealed record ObjectRead(string Path, IReadOnlyDictionary<string, JsonElement> Arguments);

/// <summary>What rights may ask of an object. Null: this kind of object has no such thing; empty: it has none.</summary>
internal sealed record ObjectFacts
{
    public required string Type { get; init; }

    public required string Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Id and name, as far as they are known.</summary>
    public IReadOnlyList<string>? Pool { get; init; }

    public string? Folder { get; init; }

    public IReadOnlyList<string>? Owner { get; init; }

    public string? Node { get; init; }

    public string? State { get; init; }
}
