namespace Hypergate.Host.Mcp.Resources;

/// <summary>
/// An address below <c>hypergate://backends</c>. Read segment by segment from the text itself: <see cref="Uri"/> would fold dots.
/// </summary>
/// <param name="Backend">Null for the list of all.</param>
/// <param name="Operation">Null for the backend itself, or the list of its operations.</param>
/// <param name="IsOperations">Whether the operations are meant.</param>
internal sealed record ResourceAddress(string? Backend, string? Operation, bool IsOperations)
{
    public const string Root = "hypergate://backends";

    public static string Of(string backend) => $"{Root}/{Uri.EscapeDataString(backend)}";

    /// <summary>Null for what is no address of ours.</summary>
    public static ResourceAddress? TryRead(string text)
    {
        if (text == Root)
        {
            return new(null, null, IsOperations: false);
        }

        if (!text.StartsWith($"{Root}/", StringComparison.Ordinal))
        {
            return null;
        }

        var segments = text[(Root.Length + 1)..].Split('/').Select(Uri.UnescapeDataString).ToArray();
        return segments.Any(static segment => segment is "" or "." or ".." || segment.Contains('/', StringComparison.Ordinal))
            ? null
            : segments switch
            {
                [var backend] => new(backend, null, IsOperations: false),
                [var backend, "operations"] => new(backend, null, IsOperations: true),
                [var backend, "operations", var operation] => new(backend, operation, IsOperations: true),
                _ => null,
            };
    }
}
