namespace Hypergate.Simulator;

/// <summary>HTTPS of the simulator: none, or a certificate that nobody has signed, with or without a second fault.</summary>
public enum SimulatorTls
{
    Off,

    /// <summary>For 127.0.0.1 and localhost, signed by itself.</summary>
    SelfSigned,

    /// <summary>The same, but its time is over.</summary>
    Expired,

    /// <summary>The same, but for another host's name.</summary>
    WrongName,
}
