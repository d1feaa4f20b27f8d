using Hypergate.Backends.Http;

namespace Hypergate.Backends;

/// <summary>One job's requests: how it stands, its log, its end before the time.</summary>
internal sealed class JobReading(PlatformClient client, JobRules rules, string id)
{
    private const int MostLines = 20;

    // A log may grow faster than it is read.
    private const int MostReadsAtOnce = 20;

    private readonly Queue<string> _tail = new();
    private int _seen;

    /// <summary>The last lines of the log, as far as it was read.</summary>
    public IReadOnlyList<string> Tail => [.. _tail];

    /// <summary>How the job stands; or why nobody can tell. Neither, where a read ran out of time: that says nothing about the job.</summary>
    public async Task<(JobNews? News, string? Problem)> StateAsync(KeyValuePair<string, string>? query, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (Address(rules.Path, query is { } one ? [one] : []) is not { } address)
        {
            return (null, "the platform gave it an impossible id.");
        }

        var result = await client.SendAsync(new HttpRequestSpec { Address = address, TimeLimit = limit }, cancellationToken);
        return result switch
        {
            HttpReply { IsSuccess: true } reply when rules.Read(client.Inside(reply)) is { } news => (news, null),
            HttpReply { IsSuccess: false } reply => (null, client.Options.Kind.ReadError(reply, client.Options.Credential is Credential.Token)),
            TransportFailure { Kind: FailureKind.Timeout } => (null, null),
            TransportFailure failure => (null, failure.Text),
            _ => (null, "the platform's answer about it cannot be understood."),
        };
    }

    /// <summary>Reads what is new in the log and gives its last line; null where there is none. What fails here fails silently.</summary>
    public async Task<string?> NewLineAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        string? last = null;
        for (var reads = 0; rules.Log is { } log && reads < MostReadsAtOnce && Address(log.Path, log.Query(_seen)) is { } address; reads++)
        {
            var before = _seen;
            var result = await client.SendAsync(new HttpRequestSpec { Address = address, TimeLimit = limit }, cancellationToken);
            foreach (var (number, text) in result is HttpReply { IsSuccess: true } reply ? log.Lines(client.Inside(reply)) : [])
            {
                if (number > _seen)
                {
                    (_seen, last) = (number, text);
                    Keep(text);
                }
            }

            if (_seen == before)
            {
                break;
            }
        }

        return last;
    }

    public async Task AbortAsync(TimeSpan limit)
    {
        if (rules.AbortPath is { } path && Address(path, []) is { } address)
        {
            await client.SendAsync(new HttpRequestSpec { Method = rules.AbortMethod, Address = address, TimeLimit = limit }, CancellationToken.None);
        }
    }

    private void Keep(string line)
    {
        _tail.Enqueue(line);
        if (_tail.Count > MostLines)
        {
            _tail.Dequeue();
        }
    }

    private Uri? Address(string path, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        var values = new QueryValues();
        foreach (var (name, value) in query)
        {
            values.Add(name, value);
        }

        var built = RequestAddress.Build(client.ApiAddress, path, rules.PathValues(id), values);
        return (built as RequestAddress.Built)?.Address;
    }
}
