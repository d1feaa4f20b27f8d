using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp.Http;

/// <summary>The headers in which a request of 2026-07-28 says again what its body says, so that proxies can route by them.</summary>
internal static class RequestHeaders
{
    public const string Version = "MCP-Protocol-Version";
    public const string Session = "Mcp-Session-Id";
    public const string Method = "Mcp-Method";
    public const string Name = "Mcp-Name";
    public const string ParameterPrefix = "Mcp-Param-";

    /// <summary>The revision whose requests each carry all that is needed to answer them.</summary>
    public const string Stateless = "2026-07-28";

    /// <summary>With it a caller only looks: it can ask for less than it may, never for more.</summary>
    public const string ReadOnly = "X-Hypergate-Read-Only";

    /// <summary>The revisions that begin with <c>initialize</c>.</summary>
    public static IReadOnlyList<string> Sessional { get; } = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    /// <summary>The first header that does not say what the body says; null where all do.</summary>
    /// <param name="headers">Of the request.</param>
    /// <param name="request">Its body.</param>
    /// <param name="marked">The parameters of a tool that stand in headers as well.</param>
    public static RpcError? Check(IHeaderDictionary headers, JsonRpcRequest request, Func<string, IReadOnlyList<MarkedParameter>> marked)
    {
        if (Compare(headers, Method, request.Method) is { } wrongMethod)
        {
            return wrongMethod;
        }

        if (NameOf(request) is { } name && Compare(headers, Name, name) is { } wrongName)
        {
            return wrongName;
        }

        if (VersionOf(request) is { } version && Single(headers[Version]) != version)
        {
            return RpcError.Mismatch($"The header {Version} and _meta[\"{MetaKeys.ProtocolVersion}\"] must be the same.");
        }

        return request.Method == RequestMethods.ToolsCall && request.Params?["name"] is JsonValue tool && tool.TryGetValue<string>(out var toolName)
            ? marked(toolName).Select(parameter => CheckParameter(headers, parameter, request.Params["arguments"])).FirstOrDefault(static error => error is not null)
            : null;
    }

    /// <summary>The revision that the body names; null where it names none.</summary>
    public static string? VersionOf(JsonRpcRequest request) =>
        request.Params is JsonObject parameters && parameters["_meta"] is JsonObject meta && meta[MetaKeys.ProtocolVersion] is JsonValue value && value.TryGetValue<string>(out var version)
            ? version
            : null;

    /// <summary>The parameter that stands in the header <see cref="Name"/> as well; null where none does.</summary>
    public static string? NameProperty(string method) => method switch
    {
        RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name",
        RequestMethods.ResourcesRead => "uri",
        "tasks/get" or "tasks/update" or "tasks/cancel" => "taskId",
        _ => null,
    };

    private static string? NameOf(JsonRpcRequest request) =>
        NameProperty(request.Method) is { } property && request.Params is JsonObject parameters && parameters[property] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static RpcError? Compare(IHeaderDictionary headers, string header, string expected) =>
        Decode(Single(headers[header])) == expected
            ? null
            : RpcError.Mismatch($"The header {header} must be there once and say what the body says.");

    private static RpcError? CheckParameter(IHeaderDictionary headers, MarkedParameter parameter, JsonNode? arguments)
    {
        var header = ParameterPrefix + parameter.Header;
        if (parameter.ValueIn(arguments) is not { } value)
        {
            return null;
        }

        return Decode(Single(headers[header])) is { } given && MarkedParameter.IsSame(value, given)
            ? null
            : RpcError.Mismatch($"The header {header} must be there once and say what the argument says.");
    }

    private static string? Single(StringValues header) => header is [{ } value] ? value.Trim(' ', '\t') : null;

    // Values beyond visible ASCII come as =?base64?…?=; null for what is neither that nor plain.
    private static string? Decode(string? value)
    {
        const string Start = "=?base64?";
        const string End = "?=";
        if (value is null || !value.StartsWith(Start, StringComparison.Ordinal) || !value.EndsWith(End, StringComparison.Ordinal) || value.Length < Start.Length + End.Length)
        {
            return value?.All(static character => character is >= ' ' and <= '~' or '\t') == true ? value : null;
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(value[Start.Length..^End.Length]));
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
