using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp;

/// <summary>Whether parameters are of the protocol's form; where not, that is the client's mistake and not ours.</summary>
internal static class ParameterForm
{
    private static readonly Lazy<JsonTypeInfo<InitializeRequestParams>> Initialize =
        new(static () => (JsonTypeInfo<InitializeRequestParams>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(InitializeRequestParams)));

    /// <summary>What is wrong with those of an <c>initialize</c>, which the library reads before any filter of ours; null for nothing.</summary>
    public static string? Problem(JsonRpcRequest initialize)
    {
        try
        {
            _ = initialize.Params.Deserialize(Initialize.Value);
            return null;
        }
        catch (JsonException exception)
        {
            return Problem(initialize, exception);
        }
    }

    /// <summary>What a client is told of them.</summary>
    public static string Problem(JsonRpcRequest request, JsonException exception) =>
        $"The parameters of {request.Method} are not of the form that the protocol gives them, at {exception.Path}.";
}
