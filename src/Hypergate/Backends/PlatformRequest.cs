using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>A call as the request that goes over the wire, or why there can be none.</summary>
internal abstract record PlatformRequest
{
    private PlatformRequest()
    {
    }

    /// <param name="call">Arguments as the operation declares them.</param>
    /// <param name="options">The backend that it goes to.</param>
    public static PlatformRequest Of(Call call, BackendOptions options)
    {
        var kind = options.Kind;
        var query = new QueryValues();
        if (Switch(call, kind) is { } set)
        {
            query.Add(set, "true");
        }

        var headers = ParameterHeaders.Build(call.Operation, call.Arguments, out var problem);
        if (problem is not null)
        {
            return new Refused(problem);
        }

        var credential = kind.CallCredential?.Invoke(call.Operation, options.Credential) ?? CallCredential.None;
        foreach (var (name, value) in credential.Query)
        {
            query.Add(name, value);
        }

        var body = kind.Encoding.Body(call);
        return OperationAddress.Build(options.ApiAddress, call.Operation, call.Arguments, query, kind.PathRule, kind.Encoding.QueryValue) switch
        {
            RequestAddress.Built built => new Ready(new HttpRequestSpec
            {
                Caller = call.Caller.Name,
                Notes = call.Notes,
                Method = call.Operation.Method,
                Address = built.Address,
                Headers = WithCookies(headers, credential),
                Body = body?.Bytes,
                BodyType = body?.Type ?? "application/json",
                TimeLimit = options.LimitFor(call.Operation),
            }),
            RequestAddress.Refused refused => new Refused(refused.Reason),
            _ => throw new InvalidOperationException("Unknown address."),
        };
    }

    // One header for all cookies: some servers look at the first alone.
    private static IReadOnlyList<KeyValuePair<string, string>> WithCookies(IReadOnlyList<KeyValuePair<string, string>> headers, CallCredential credential)
    {
        if (credential.Headers.Count == 0)
        {
            return headers;
        }

        var cookies = headers.Concat(credential.Headers).Where(static header => header.Key == "Cookie").Select(static header => header.Value).ToList();
        var others = headers.Concat(credential.Headers).Where(static header => header.Key != "Cookie");
        return cookies.Count == 0 ? [.. others] : [.. others, new("Cookie", string.Join("; ", cookies))];
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
