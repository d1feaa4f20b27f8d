using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>How a kind of platform wants arguments written.</summary>
internal sealed record ArgumentEncoding
{
    /// <summary>For platforms that need none.</summary>
    public static IReadOnlyDictionary<string, JsonElement> NoFields { get; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    public static ArgumentEncoding Json { get; } = new()
    {
        Body = static call => call.Operation.Body is { MediaType: var type } && call.Arguments.TryGetProperty("body", out var body)
            ? new EncodedBody(JsonSerializer.SerializeToUtf8Bytes(body, ModelJson.Default.JsonElement), type)
            : null,
    };

    /// <summary>The body of a call; null for none.</summary>
    public required Func<Call, EncodedBody?> Body { get; init; }

    /// <summary>Fields of an operation's body that go along where the caller gives none.</summary>
    public Func<Operation, IReadOnlyDictionary<string, JsonElement>> Defaults { get; init; } = static _ => NoFields;

    /// <summary>An argument of the query as the platform wants to see it.</summary>
    public Func<JsonElement, JsonElement> QueryValue { get; init; } = static value => value;
}

/// <summary>What is sent as a body.</summary>
internal sealed record EncodedBody(ReadOnlyMemory<byte> Bytes, string Type);
