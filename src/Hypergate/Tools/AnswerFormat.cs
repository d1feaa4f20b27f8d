using Hypergate.Results;

namespace Hypergate.Tools;

/// <summary>The formats that a caller can name: ours, and the platform's own rendering.</summary>
internal static class AnswerFormat
{
    public const string Markdown = "markdown";

    private const string Passthrough = "passthrough";

    /// <summary>What tools offer; the full names of <see cref="ResultFormats"/> are understood too.</summary>
    public static IReadOnlyList<string> Names { get; } = [Markdown, "json", "csv", Passthrough];

    public static bool Exists(string name) => IsPassthrough(name) || ResultFormats.Find(name) is not null;

    public static bool IsPassthrough(string? name) => Passthrough.Equals(name, StringComparison.OrdinalIgnoreCase);
}
