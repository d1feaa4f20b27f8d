namespace Hypergate.Model;

/// <summary>Runs a jq program over one JSON text. Supplied by the room that has the engine; absent where there is none.</summary>
/// <param name="program">The program's text.</param>
/// <param name="input">UTF-8 JSON.</param>
/// <param name="cancellation">Ends it early.</param>
public delegate ValueTask<TransformResult> JsonTransform(string program, ReadOnlyMemory<byte> input, CancellationToken cancellation);

/// <summary>What a program gave: its outputs, or why it failed.</summary>
/// <param name="Outputs">UTF-8 JSON texts in the order in which they came.</param>
/// <param name="Error">The engine's words; null where it succeeded.</param>
public sealed record TransformResult(IReadOnlyList<ReadOnlyMemory<byte>> Outputs, string? Error)
{
    public static TransformResult Failed(string error) => new([], error);
}
