using System.Diagnostics.CodeAnalysis;

namespace Hypergate.Tools.Fleet;

/// <summary>Why a fleet tool cannot do what it was asked, for its caller.</summary>
/// <param name="code">A word that programs can compare: <c>not_found</c>, <c>ambiguous</c>, <c>invalid_arguments</c>, <c>unsupported</c> …</param>
/// <param name="message">What happened, to what.</param>
/// <param name="hint">What to do next; empty for nothing.</param>
[SuppressMessage("Design", "CA1032", Justification = "Made in one way only.")]
internal sealed class FleetException(string code, string message, string hint = "") : Exception(message)
{
    public string Code { get; } = code;

    public string Hint { get; } = hint;

    /// <summary>The platform behind a backend has no such thing.</summary>
    public static FleetException Unsupported(FleetBackend backend, string what) =>
        new("unsupported", $"{backend.Title} has no {what} (backend {backend.Name}).");
}
