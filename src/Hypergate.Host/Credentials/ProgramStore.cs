using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hypergate.Host.Credentials;

/// <summary>
/// A store outside that a program of the operator's asks: a name as JSON on its standard input, the value as JSON on its standard output. What it says is kept for a while; nothing of it is
/// ever part of a text.
/// </summary>
/// <param name="settings">The program, and for how long its answers hold.</param>
/// <param name="time">For that.</param>
internal sealed class ProgramStore(CredentialSettings settings, TimeProvider time)
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    // Who has failed is not asked again by each of many calls.
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <summary>The value; or what is wrong, as a predicate. Takes as long as the program, at most five seconds.</summary>
    public (string? Value, string? Problem) Find(string name)
    {
        if (settings.Exec.Count == 0)
        {
            return (null, $"needs exec:{name}, but no program is set that gives it: credentials.exec");
        }

        var kept = _kept.GetOrAdd(name, static _ => new());
        lock (kept.Turn)
        {
            if (kept.Asked is { } asked && time.GetElapsedTime(asked) < (kept.Problem is null ? TimeSpan.FromSeconds(settings.CacheSeconds) : FailureLifetime))
            {
                return (kept.Value, kept.Problem);
            }

            (kept.Value, var problem) = Ask(name);
            kept.Problem = problem is null ? null : $"needs {name} of the program {Path.GetFileName(settings.Exec[0])} (credentials.exec), which {problem}";
            kept.Asked = time.GetTimestamp();
            return (kept.Value, kept.Problem);
        }
    }

    /// <summary>Asks anew the next time: what it said is not taken any more.</summary>
    public void Forget(string name) => _kept.TryRemove(name, out _);

    private (string? Value, string? Problem) Ask(string name)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(settings.Exec[0], settings.Exec.Skip(1))
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            return Converse(process, name);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return (null, "cannot be started");
        }
    }

    private static (string? Value, string? Problem) Converse(Process process, string name)
    {
        var answer = new StringBuilder();
        var end = new TaskCompletionSource();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                end.TrySetResult();
            }
            else if (answer.Length <= LongestAnswer)
            {
                answer.Append(line.Data);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Tell(process, name);

        // What it leaves behind may hold its output open.
        if (!end.Task.Wait(TimeLimit) || !process.WaitForExit(TimeLimit))
        {
            process.Kill(entireProcessTree: true);
            return (null, string.Create(CultureInfo.InvariantCulture, $"has not answered in {TimeLimit.TotalSeconds:0} s"));
        }

        return process.ExitCode == 0 ? Read(answer.ToString()) : (null, string.Create(CultureInfo.InvariantCulture, $"has ended with code {process.ExitCode}"));
    }

    private static void Tell(Process process, string name)
    {
        try
        {
            using var input = process.StandardInput;
            input.Write($"{{\"name\":\"{JsonEncodedText.Encode(name)}\"}}\n");
        }
        catch (IOException)
        {
            // One that gives the same whatever it is asked need not listen.
        }
    }

    private static (string? Value, string? Problem) Read(string answer)
    {
        try
        {
            return answer.Length > LongestAnswer ? (null, "answers with more than 64 KB")
                : JsonElement.Parse(answer) is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("value", out var value) ? (null, "does not answer {\"value\":…}")
                : value.ValueKind == JsonValueKind.Null ? (null, "has no such value")
                : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? (text, null)
                : (null, "answers with a value that is no text");
        }
        catch (JsonException)
        {
            return (null, "does not answer with JSON");
        }
    }

    private sealed class Kept
    {
        /// <summary>Guards the rest, and lets one of many ask.</summary>
        public Lock Turn { get; } = new();

        public long? Asked { get; set; }

        public string? Value { get; set; }

        public string? Problem { get; set; }
    }
}
