using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Host.Mcp.Http;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Bridge;

/// <summary>
/// The headers in which a request of 2026-07-28 says again what its body says. Which arguments of a tool belong there stands in the
/// tool's schema, so the lists of tools that pass by are remembered.
/// </summary>
internal sealed class ToolHeaders
{
    private const int LongestList = 100;

    private readonly ConcurrentDictionary<string, IReadOnlyList<MarkedParameter>> _marked = new(StringComparer.Ordinal);

    public bool Knows(RpcMessage request) => request.Method != RequestMethods.ToolsCall || NameOf(request) is not { } tool || _marked.ContainsKey(tool);

    public void Forget() => _marked.Clear();

    /// <summary>Reads the answer to <c>tools/list</c>.</summary>
    public void Learn(RpcMessage answer)
    {
        foreach (var tool in answer.InResult("tools") is { ValueKind: JsonValueKind.Array } tools ? tools.EnumerateArray() : default)
        {
            if (tool.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && tool.TryGetProperty("inputSchema", out var schema))
            {
                _marked[name.GetString()!] = MarkedParameter.Find(schema);
            }
        }
    }

    /// <summary>Asks for the list of tools, as whoever made the request.</summary>
    /// <param name="request">Its <c>_meta</c> goes along.</param>
    /// <param name="ask">Gives the answer to a request; null where there is none.</param>
    public async Task LearnAsync(RpcMessage request, Func<RpcMessage, Task<RpcMessage?>> ask)
    {
        string? cursor = null;
        for (var page = 0; page < LongestList; page++)
        {
            var answer = await ask(RpcMessage.Request($"hypergate-bridge-tools-{page}", RequestMethods.ToolsList, writer => WriteList(writer, request.Meta, cursor)));
            if (answer is null)
            {
                return;
            }

            Learn(answer);
            cursor = answer.InResult("nextCursor") is { ValueKind: JsonValueKind.String } next ? next.GetString() : null;
            if (cursor is null)
            {
                return;
            }
        }
    }

    /// <summary>All of them for a request.</summary>
    public IEnumerable<KeyValuePair<string, string>> Of(RpcMessage request)
    {
        yield return new(RequestHeaders.Version, Encode(request.Revision!));
        yield return new(RequestHeaders.Method, Encode(request.Method!));
        if (NameOf(request) is not { } name)
        {
            yield break;
        }

        yield return new(RequestHeaders.Name, Encode(name));
        if (request.Method != RequestMethods.ToolsCall || !_marked.TryGetValue(name, out var parameters) || parameters.Count == 0 || request.Parameter("arguments") is not { ValueKind: JsonValueKind.Object } arguments)
        {
            yield break;
        }

        var node = JsonObject.Create(arguments);
        foreach (var parameter in parameters)
        {
            if (parameter.ValueIn(node) is { } value)
            {
                yield return new(RequestHeaders.ParameterPrefix + parameter.Header, Encode(value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()));
            }
        }
    }

    private static string? NameOf(RpcMessage request) =>
        RequestHeaders.NameProperty(request.Method!) is { } property && request.Parameter(property) is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;

    // What is not visible ASCII, or would be taken for what is packed, is packed.
    private static string Encode(string value) =>
        value.Length > 0 && value[0] != ' ' && value[^1] != ' ' && !value.StartsWith("=?base64?", StringComparison.Ordinal) && value.All(static character => character is >= ' ' and <= '~')
            ? value
            : $"=?base64?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";

    private static void WriteList(Utf8JsonWriter writer, JsonElement? meta, string? cursor)
    {
        writer.WriteStartObject();
        if (cursor is not null)
        {
            writer.WriteString("cursor", cursor);
        }

        if (meta is { } given)
        {
            writer.WritePropertyName("_meta");
            given.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
