using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>A call with rules of its own as the request that goes over the wire, without its credential; or why there can be none.</summary>
internal static class CallRequest
{
    /// <param name="call">With arranged arguments.</param>
    /// <param name="backend">The address of the backend.</param>
    /// <param name="files">The files of its caller.</param>
    /// <param name="problem">Why nothing can be sent; null where it can.</param>
    public static HttpRequestSpec? Build(Call call, Uri backend, CallFiles files, out string? problem)
    {
        var rules = call.Operation.Rules!;
        var headers = ParameterHeaders.Build(call.Operation, call.Arguments, out problem);
        if (problem is not null)
        {
            return null;
        }

        var query = new QueryValues();
        foreach (var (name, value) in rules.Query)
        {
            query.Add(name, Filled(value, call));
        }

        var address = OperationAddress.Build(rules.Origin is { } origin ? new Uri(origin) : backend, call.Operation, call.Arguments, query);
        if (address is not RequestAddress.Built built)
        {
            problem = ((RequestAddress.Refused)address).Reason;
            return null;
        }

        var body = new CallBody(call, files.Bytes).Write(out problem);
        var upload = rules.UploadArgument is { } argument && call.Arguments.TryGetProperty(argument, out var named) ? files.Path(named.ToString()) : null;
        if (rules.UploadArgument is not null && upload is null)
        {
            problem = $"'{rules.UploadArgument}' must be the handle of a file of yours, such as file:0123…, as answers with files give it.";
        }

        return problem is not null ? null : new HttpRequestSpec
        {
            Caller = call.Caller.Name,
            Notes = call.Notes,
            Method = call.Operation.Method,
            Address = built.Address,
            Headers = Together(rules.Headers, headers, rules.IdempotencyHeader),
            Body = body?.Bytes,
            BodyType = body?.Type ?? rules.BodyType,
            BodyFile = upload,
            MayRepeat = false,
            KeepHeaders = true,
        };
    }

    // A path may hold placeholders behind its question mark as well.
    private static string Filled(string text, Call call) => !text.Contains('{', StringComparison.Ordinal) ? text : call.Operation.Parameters
        .Where(static parameter => parameter.Place == ParameterPlace.Path)
        .Aggregate(text, (filled, parameter) => call.Arguments.TryGetProperty(parameter.Name, out var value) ? filled.Replace($"{{{parameter.Wire?.Name ?? parameter.Name}}}", ArgumentText.TryRead(value) ?? value.GetRawText(), StringComparison.Ordinal) : filled);

    // Later wins. The key of a write is made once and goes with each of its repetitions.
    private static List<KeyValuePair<string, string>> Together(IReadOnlyList<KeyValuePair<string, string>> usual, IReadOnlyList<KeyValuePair<string, string>> own, string? idempotency)
    {
        var headers = usual.Where(header => !own.Any(mine => mine.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase))).Concat(own).ToList();
        if (idempotency is not null)
        {
            headers.Add(new(idempotency, Guid.NewGuid().ToString()));
        }

        if (!headers.Exists(static header => header.Key.Equals("User-Agent", StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new("User-Agent", Product));
        }

        return headers;
    }

    private static string Product { get; } = $"Hypergate/{typeof(CallRequest).Assembly.GetName().Version?.ToString(3) ?? "0"}";
}
