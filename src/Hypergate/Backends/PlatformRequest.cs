using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>A call as the request that goes over the wire, or why there can be none.</summary>
internal abstract record PlatformRequest
{
    private PlatformRequest()
    {
    }

    public static PlatformRequest Of(Call call, PlatformClient client)
    {
        var kind = client.Options.Kind;
        var query = new QueryValues();
        if (Switch(call, kind) is { } set)
        {
            query.Add(set, "true");
        }

        var body = kind.Encoding.Body(call);
        return OperationAddress.Build(client.ApiAddress, call.Operation, call.Arguments, query, kind.PathRule, kind.Encoding.QueryValue) switch
        {
            RequestAddress.Built built => new Ready(new HttpRequestSpec
            {
                Method = call.Operation.Method,
                Address = built.Address,
                Body = body?.Bytes,
                BodyType = body?.Type ?? "application/json",
                TimeLimit = client.Options.LimitFor(call.Operation),
            }),
            RequestAddress.Refused refused => new Refused(refused.Reason),
            _ => throw new InvalidOperationException("Unknown address."),
        };
    }

    private static string? Switch(Call call, BackendKind kind)
    {
        var wanted = call.Passthrough ? kind.RenderSwitch : kind.StreamSwitch;
        return wanted is not null && call.Operation.Result == ResultShape.List && call.Operation.Switches.Contains(wanted) ? wanted : null;
    }

    internal sealed record Ready(HttpRequestSpec Spec) : PlatformRequest;

    /// <summary>Nothing was sent.</summary>
    internal sealed record Refused(string Reason) : PlatformRequest;
}
