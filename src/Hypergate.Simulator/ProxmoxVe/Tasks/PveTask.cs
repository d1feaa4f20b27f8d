using Hypergate.Simulator.ProxmoxVe.Access;

namespace Hypergate.Simulator.ProxmoxVe.Tasks;

/// <summary>A task: a script that runs when its time comes, its log and its end.</summary>
internal sealed class PveTask(Upid upid, IEnumerator<TimeSpan> script)
{
    private readonly List<string> _log = [];

    public Upid Upid { get; } = upid;

    public string Text { get; } = upid.ToString();

    public string User => TokenId.User(Upid.User);

    public string? Token => TokenId.Split(Upid.User)?.Token;

    /// <summary>When the script goes on.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>How it ended: <c>OK</c>, <c>WARNINGS: n</c> or what went wrong; null while it runs.</summary>
    public string? ExitStatus { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>It never ends by itself.</summary>
    public bool Hangs { get; set; }

    public bool Running => ExitStatus is null;

    public int Warnings { get; private set; }

    public IReadOnlyList<string> LogLines => _log;

    public void Log(string line) => _log.Add(line);

    public void Warn(string line)
    {
        Warnings++;
        _log.Add($"WARN: {line}");
    }

    /// <summary>Runs the script up to its next pause.</summary>
    /// <returns>How long the pause is; null when it has ended.</returns>
    public TimeSpan? Step() => script.MoveNext() ? script.Current : null;

    public void End(string exitStatus, DateTimeOffset now)
    {
        (ExitStatus, EndedAt) = (exitStatus, now);
        _log.Add(exitStatus switch
        {
            "OK" => "TASK OK",
            _ when exitStatus.StartsWith("WARNINGS: ", StringComparison.Ordinal) => $"TASK {exitStatus}",
            _ => $"TASK ERROR: {exitStatus}",
        });
        script.Dispose();
    }

    /// <summary>The worker is gone without a word.</summary>
    public void Vanish(DateTimeOffset now)
    {
        (ExitStatus, EndedAt) = ("unexpected status", now);
        script.Dispose();
    }
}
