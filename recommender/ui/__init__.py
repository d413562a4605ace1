"""The questionnaire: draws what the library computed, and computes nothing itself."""
