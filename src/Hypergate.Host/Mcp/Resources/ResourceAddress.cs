namespace Hypergate.Host.Mcp.Resources;

/// <summary>
/// An address of a resource. Read segment by segment from the text itself: <see cref="Uri"/> would fold dots.
/// </summary>
internal abstract record ResourceAddress
{
    public const string Backends = "hypergate://backends";
    public const string Documentation = "hypergate://documentation";

    /// <summary>All backends.</summary>
    public sealed record AllBackends : ResourceAddress;

    public sealed record OneBackend(string Name) : ResourceAddress;

    public sealed record Operations(string Backend) : ResourceAddress;

    public sealed record OneOperation(string Backend, string Name) : ResourceAddress;

    /// <summary>The types of objects that a backend has.</summary>
    public sealed record ObjectTypes(string Backend) : ResourceAddress;

    public sealed record Objects(string Backend, string Type) : ResourceAddress;

    /// <param name="Name">An id, or a name that only one object of the type has.</param>
    public sealed record OneObject(string Backend, string Type, string Name) : ResourceAddress;

    /// <summary>All topics of the documentation.</summary>
    public sealed record Topics : ResourceAddress;

    public sealed record OneTopic(string Name) : ResourceAddress;

    /// <param name="Heading">Of the passage.</param>
    public sealed record OnePassage(string Topic, string Heading) : ResourceAddress;

    public static string Of(string backend) => $"{Backends}/{Segment(backend)}";

    public static string OfObject(string backend, string type, string id) => $"{Of(backend)}/objects/{Segment(type)}/{Segment(id)}";

    public static string OfPassage(string topic, string heading) => $"{Documentation}/{Segment(topic)}/{Segment(heading)}";

    /// <summary>Null for what is no address of ours.</summary>
    public static ResourceAddress? TryRead(string text) => text switch
    {
        Backends => new AllBackends(),
        Documentation => new Topics(),
        _ when Below(text, Backends) is { } segments => segments switch
        {
            [var backend] => new OneBackend(backend),
            [var backend, "operations"] => new Operations(backend),
            [var backend, "operations", var operation] => new OneOperation(backend, operation),
            [var backend, "objects"] => new ObjectTypes(backend),
            [var backend, "objects", var type] => new Objects(backend, type),
            [var backend, "objects", var type, var name] => new OneObject(backend, type, name),
            _ => null,
        },
        _ when Below(text, Documentation) is { } segments => segments switch
        {
            [var topic] => new OneTopic(topic),
            [var topic, var heading] => new OnePassage(topic, heading),
            _ => null,
        },
        _ => null,
    };

    // Ids and headings may hold slashes of their own, which stand escaped.
    private static string[]? Below(string text, string root)
    {
        if (!text.StartsWith($"{root}/", StringComparison.Ordinal))
        {
            return null;
        }

        var segments = text[(root.Length + 1)..].Split('/').Select(Uri.UnescapeDataString).ToArray();
        return segments.Any(static segment => segment is "" or "." or "..") ? null : segments;
    }

    private static string Segment(string text) => Uri.EscapeDataString(text);
}
