using System.Globalization;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>What is known of one call of a run. Written by the gateway alone, so it holds whatever became of the script.</summary>
internal sealed class CallEntry(int number, string tool, int? line)
{
    public int Number => number;

    /// <summary><c>backend.operation</c>.</summary>
    public string Tool => tool;

    /// <summary>How scripts call its backend; null where the name is of none.</summary>
    public string? Backend { get; init; }

    public int? Line => line;

    public bool Changes { get; init; }

    /// <summary>As the script gave them.</summary>
    public JsonElement Arguments { get; set; }

    /// <summary>Whether a request may have left: then an end that is not known is an uncertain one.</summary>
    public bool IsSent { get; set; }

    public CallEnd End { get; set; }

    /// <summary>The HTTP status, a code, or nothing.</summary>
    public string Word { get; set; } = "";

    public TimeSpan Took { get; set; }

    public long Bytes { get; set; }

    /// <summary>What a preview has found out: the class of the change, and whether a person must agree to it. Null for what is not planned.</summary>
    public (Access Access, bool NeedsConsent)? Planned { get; set; }

    /// <summary>What came of a change, in a few words.</summary>
    public string Result { get; set; } = "";

    /// <summary>What should be known beside the answer, such as that there is more of it, or that a filter can never match.</summary>
    public IReadOnlyList<string> Notices { get; set; } = [];

    /// <summary>The operation that takes it back, as <c>backend.operation</c>; null where none is known.</summary>
    public string? Undo { get; set; }

    /// <summary><c>3 xo.StartVm ok 204 83 ms 41 kB</c>.</summary>
    public string Text
    {
        get
        {
            var end = End switch
            {
                CallEnd.Done => "ok",
                CallEnd.Failed => "failed",
                CallEnd.Planned => "planned",
                CallEnd.Uncertain => "UNCERTAIN",
                _ => "not ended",
            };
            var word = Word.Length == 0 ? "" : $" {Word}";
            var size = Bytes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {(Bytes < 1000 ? $"{Bytes} B" : $"{Bytes / 1000} kB")}");
            return string.Create(CultureInfo.InvariantCulture, $"{number} {tool} {end}{word} {(long)Took.TotalMilliseconds} ms{size}");
        }
    }
}

/// <summary>How a call of a run ended.</summary>
internal enum CallEnd
{
    Running,
    Done,
    Failed,

    /// <summary>Checked but not sent.</summary>
    Planned,

    /// <summary>A change was sent, and nobody knows whether it happened.</summary>
    Uncertain,
}
