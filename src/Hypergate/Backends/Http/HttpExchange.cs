using System.Net;
using System.Net.Http.Headers;

namespace Hypergate.Backends.Http;

/// <summary>One request and its answer, with the redirects between. Failures are still exceptions here.</summary>
internal sealed class HttpExchange(BackendHttpOptions options, HttpMessageInvoker invoker, FailureTexts texts, TimeProvider time)
{
    private const int MaxRedirects = 5;

    public async Task<HttpResult> SendAsync(HttpRequestSpec request, CancellationToken cancellationToken)
    {
        var address = request.Address;
        for (var redirects = 0; ; redirects++)
        {
            using var message = Message(request, address, BodyReader.EncodingsFrom(address));
            using var response = await invoker.SendAsync(message, cancellationToken);
            if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired && options.Proxy.ProxyFor(address) is { } proxy)
            {
                return texts.RefusedByProxy(proxy, (int)response.StatusCode);
            }

            if (RedirectOf(response, address) is not { } target)
            {
                return await ReplyAsync(request, response, address, cancellationToken);
            }

            if (!request.IsRead || !Origin.Same(target, options.Address) || redirects == MaxRedirects)
            {
                return texts.NotFollowed(request, target, isCircle: redirects == MaxRedirects);
            }

            address = target;
        }
    }

    /// <param name="encodings">How the answer may be packed; null for not at all.</param>
    internal static HttpRequestMessage Message(HttpRequestSpec request, Uri address, string? encodings)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        if (encodings is not null)
        {
            message.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);
        }

        if (request.BodyFile is { } file)
        {
            message.Content = new StreamContent(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true));
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.BodyType);
        }
        else if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.BodyType);
        }
        else if (!request.IsRead)
        {
            // SocketsHttpHandler silently sends a request again, three times, when the connection ends without an answer,
            // unless it has begun to send content. A write must not be done twice: so each one has content, if only empty.
            message.Content = new ReadOnlyMemoryContent(ReadOnlyMemory<byte>.Empty);
        }

        // Some belong to a body in .NET's eyes, whether there is one or not: Content-MD5, Content-Range, Expires.
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value) && !IsOfBody(name))
            {
                (message.Content ??= new ReadOnlyMemoryContent(ReadOnlyMemory<byte>.Empty)).Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private static bool IsOfBody(string header) => header.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) || header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);

    internal static Uri? RedirectOf(HttpResponseMessage response, Uri address)
    {
        var isRedirect = (int)response.StatusCode is 301 or 302 or 303 or 307 or 308;
        return isRedirect && response.Headers.Location is { } location && Uri.TryCreate(address, location, out var target)
            ? target
            : null;
    }

    private async Task<HttpReply> ReplyAsync(HttpRequestSpec request, HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
    {
        var head = Head(response, address, request.KeepHeaders);
        if (request.Receive is { } receive
            && await receive(head, async () => BodyReader.Open(response.Content, await response.Content.ReadAsStreamAsync(cancellationToken)), cancellationToken) is { } received)
        {
            return head with { Body = received, IsReceived = true };
        }

        var (body, wireBytes) = await BodyReader.ReadAsync(response.Content, options.MaxBodyBytes, cancellationToken);
        return head with { Body = TextBody.InUtf8(body, head.ContentType), WireBytes = wireBytes };
    }

    private HttpReply Head(HttpResponseMessage response, Uri address, bool withHeaders) => new()
    {
        Status = (int)response.StatusCode,
        Reason = response.ReasonPhrase ?? "",
        ContentType = First(response.Content.Headers, "Content-Type"),
        RetryAfter = RetryAfter(response.Headers.RetryAfter),
        Location = First(response.Headers, "Location"),
        ETag = First(response.Headers, "ETag"),
        Challenge = First(response.Headers, "WWW-Authenticate"),
        Headers = withHeaders ? [.. All(response.Headers), .. All(response.Content.Headers)] : [],
        Address = address,
    };

    private static IEnumerable<KeyValuePair<string, string>> All(HttpHeaders headers) =>
        headers.NonValidated.SelectMany(static header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value)));

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? header?.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string? First(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.First() : null;
}
