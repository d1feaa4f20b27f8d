using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Host.Mcp;

/// <summary>
/// Writes answers straight into the message. The protocol library would write each of them into a buffer, parse that, and write it
/// again; here it carries a number through its layers, and the answer takes the number's place just before it is sent.
/// </summary>
internal sealed class DirectAnswers
{
    private const string Meta = "_meta";
    private const string Number = "hypergate/answer";

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private long _last;

    /// <summary>What stands for the answer until it is sent.</summary>
    /// <param name="answer">The answer itself.</param>
    /// <param name="cancellationToken">Of the request: where it is cancelled, nobody sends the answer.</param>
    public CallToolResult Keep(CallToolResult answer, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        _kept[number] = new Kept(answer, cancellationToken.UnsafeRegister(_ => _kept.TryRemove(number, out var _), null));
        return new CallToolResult { IsError = answer.IsError, Meta = new JsonObject { [Number] = number } };
    }

    /// <summary>Puts each answer in its place, for a transport that knows nothing of numbers.</summary>
    public McpMessageHandler Send(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcResponse { Result: JsonObject result } && TryTake(result, out var answer))
        {
            result["content"] = JsonValue.Create(answer.Content, Blocks.Value);
            if (answer.StructuredContent is { } structured)
            {
                result["structuredContent"] = JsonObject.Create(structured);
            }
        }

        return next(context, cancellationToken);
    };

    /// <summary>Gives the answer for which a number stands, and takes the number away.</summary>
    public bool TryTake(JsonObject result, [NotNullWhen(true)] out CallToolResult? answer)
    {
        answer = null;
        if (_kept.IsEmpty || result[Meta] is not JsonObject meta || meta[Number]?.GetValue<string>() is not { } number)
        {
            return false;
        }

        Remove(result, meta);
        if (_kept.TryRemove(number, out var kept))
        {
            kept.Forgetting.Unregister();
            answer = kept.Answer;
        }

        return answer is not null;
    }

    private static void Remove(JsonObject result, JsonObject meta)
    {
        meta.Remove(Number);
        if (meta.Count == 0)
        {
            result.Remove(Meta);
        }
    }

    internal static readonly Lazy<JsonTypeInfo<IList<ContentBlock>>> Blocks =
        new(static () => (JsonTypeInfo<IList<ContentBlock>>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IList<ContentBlock>)));

    /// <param name="Answer">The answer.</param>
    /// <param name="Forgetting">Forgets it when the request is cancelled.</param>
    private sealed record Kept(CallToolResult Answer, CancellationTokenRegistration Forgetting);
}
