namespace Hypergate.Backends.Http;

/// <summary>
/// The nodes of one platform that all answer alike. Requests go to the node that answered last; where it is out of reach they go to
/// the next, unless they might then be done twice.
/// </summary>
internal sealed class ClusterHttp : IDisposable
{
    private readonly BackendHttp[] _nodes;
    private readonly Uri[] _addresses;
    private readonly TimeSpan _timeLimit;
    private readonly TimeProvider _time;
    private int _current;

    /// <param name="options">How every node is reached; its address is the first of them.</param>
    /// <param name="others">The addresses of the other nodes.</param>
    /// <param name="time">The clock that the limits go by.</param>
    public ClusterHttp(BackendHttpOptions options, IReadOnlyList<Uri> others, TimeProvider time)
    {
        // A dead node costs one more try, then the next one's turn comes.
        var shared = others.Count == 0 ? options : options with { Retries = 1 };
        _addresses = [options.Address, .. others];
        _nodes = [.. _addresses.Select(address => new BackendHttp(shared with { Address = address }, time))];
        (_timeLimit, _time) = (options.TimeLimit, time);
    }

    /// <summary>Sends a request whose address is below the first node's.</summary>
    /// <param name="isOfThisNode">Whether an answer to a read may only be this node's view, so that another is asked once.</param>
    public async Task<HttpResult> SendAsync(HttpRequestSpec request, Func<HttpReply, bool> isOfThisNode, CancellationToken cancellationToken)
    {
        var (first, started, limit) = (Volatile.Read(ref _current), _time.GetTimestamp(), request.TimeLimit ?? _timeLimit);
        var result = await SendAsync(request, first, limit, cancellationToken);
        if (result is HttpReply reply && request.IsRead && isOfThisNode(reply) && _nodes.Length > 1)
        {
            return await SecondViewAsync(request, (first + 1) % _nodes.Length, reply, limit, isOfThisNode, cancellationToken);
        }

        for (var step = 1; step < _nodes.Length && MayGoOn(request, result) && _time.GetElapsedTime(started) < limit; step++)
        {
            var next = (first + step) % _nodes.Length;
            result = await SendAsync(request, next, limit - _time.GetElapsedTime(started), cancellationToken);
            if (result is HttpReply)
            {
                Volatile.Write(ref _current, next);
            }
        }

        return result is TransportFailure failure && MayGoOn(request, failure) && _nodes.Length > 1
            ? failure with { Text = $"None of the {_nodes.Length} nodes can be reached. The last: {failure.Text}" }
            : result;
    }

    public void Dispose() => Array.ForEach(_nodes, static node => node.Dispose());

    private async Task<HttpResult> SecondViewAsync(
        HttpRequestSpec request, int other, HttpReply first, TimeSpan limit, Func<HttpReply, bool> isOfThisNode, CancellationToken cancellationToken)
    {
        var second = await SendAsync(request, other, limit, cancellationToken);
        return second is HttpReply reply && !isOfThisNode(reply) ? reply : first;
    }

    // A write that may have arrived is never sent again.
    private static bool MayGoOn(HttpRequestSpec request, HttpResult result) => result is TransportFailure failure
        && (failure.MayPass || failure.Kind is FailureKind.Refused or FailureKind.Dns or FailureKind.Tls
            || (request.IsRead && failure.Kind is FailureKind.Timeout or FailureKind.Reset));

    private Task<HttpResult> SendAsync(HttpRequestSpec request, int node, TimeSpan limit, CancellationToken cancellationToken) =>
        _nodes[node].SendAsync(node == 0 ? request with { TimeLimit = limit } : request with { TimeLimit = limit, Address = At(node, request.Address) }, cancellationToken);

    private Uri At(int node, Uri address) => new(_addresses[node].GetLeftPart(UriPartial.Authority)
        + _addresses[node].AbsolutePath.TrimEnd('/') + address.PathAndQuery[_addresses[0].AbsolutePath.TrimEnd('/').Length..]);
}
