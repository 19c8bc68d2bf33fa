namespace Railgun.Simulation;

/// <summary>Which faults a seed has: each seed turns some of them off, so that each is also seen alone.</summary>
internal sealed class FaultProfile
{
    public FaultProfile(Random random)
    {
        Cuts = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.01;
        HalfCloses = random.Next(3) == 0 ? random.NextDouble() * 0.005 : 0;
        Stalls = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.02;
        Jumps = random.Next(3) == 0 ? random.NextDouble() * 0.004 : 0;
        Corruptions = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.2;
        Cancellations = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.01;
        OriginFailures = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.1;
        Evictions = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.5;
        Disagreements = random.Next(3) == 0 ? random.NextDouble() * 0.3 : 0;
        Restarts = random.Next(4) == 0 ? random.NextDouble() * 0.003 : 0;
        Drains = random.Next(4) == 0 ? random.NextDouble() * 0.003 : 0;
        Hostiles = random.Next(3) == 0 ? random.Next(1, 4) : 0;
        Fragments = random.Next(2) == 0;
    }

    /// <summary>Chance per step and lane that the connection is cut, at any byte.</summary>
    public double Cuts { get; }

    /// <summary>Chance per step and lane that one direction ends and the other goes on.</summary>
    public double HalfCloses { get; }

    /// <summary>Chance per step and direction that nothing gets through for a while.</summary>
    public double Stalls { get; }

    /// <summary>Chance per step that the clock jumps by seconds.</summary>
    public double Jumps { get; }

    /// <summary>Chance per segment that the listener decodes it wrongly.</summary>
    public double Corruptions { get; }

    /// <summary>Chance per step and exchange that the client goes away.</summary>
    public double Cancellations { get; }

    /// <summary>Chance per exchange that the origin breaks off.</summary>
    public double OriginFailures { get; }

    /// <summary>Chance per request that one of the stores has lost what is offered.</summary>
    public double Evictions { get; }

    /// <summary>Chance per body that the sides disagree about what it was: one of them forgets it, or takes it for another.</summary>
    public double Disagreements { get; }

    /// <summary>Chance per step that the sender's process starts anew, with an empty store.</summary>
    public double Restarts { get; }

    /// <summary>Chance per step and lane that a side leaves in order.</summary>
    public double Drains { get; }

    /// <summary>How many peers mean harm.</summary>
    public int Hostiles { get; }

    /// <summary>Whether bytes arrive in odd pieces.</summary>
    public bool Fragments { get; }
}
